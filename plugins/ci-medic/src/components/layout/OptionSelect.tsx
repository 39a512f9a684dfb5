import { Select } from '@backstage/ui';
import styles from './Select.module.css';

/**
 * Chooses one of a few known options. Its width does not depend on what stands beside it.
 */
export function OptionSelect(props: {
  label: string;
  /** The label is not shown, only said. */
  hidesLabel?: boolean;
  options: Array<{ value: string; label: string }>;
  value: string;
  onChange(value: string): void;
}) {
  const { label, hidesLabel, options, value, onChange } = props;
  return (
    <Select
      size="small"
      className={styles.select}
      label={hidesLabel ? undefined : label}
      aria-label={hidesLabel ? label : undefined}
      options={options}
      value={value}
      onChange={key => onChange(String(key ?? ''))}
    />
  );
}
