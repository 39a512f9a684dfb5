import { ReactNode } from 'react';
import styles from './Facts.module.css';

/**
 * Names and values side by side; what has no value is left out.
 */
export function Facts(props: {
  facts: Array<{ name: string; value: ReactNode }>;
}) {
  return (
    <dl className={styles.facts}>
      {props.facts
        .filter(
          ({ value }) => value !== undefined && value !== false && value !== '',
        )
        .map(({ name, value }) => (
          <div key={name} className={styles.fact}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
