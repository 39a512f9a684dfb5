import { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import styles from './LogLines.module.css';

/**
 * The table that {@link LogLineRow}s stand in. It scrolls sideways by itself, so that a long line never widens the
 * page; being scrollable, it can be focused.
 */
export function LogLinesTable(props: {
  /** Says which lines these are, to those who do not see them. */
  label: string;
  /** Lines of the whole log, where the table shows part of it. */
  totalLines?: number;
  /** Breaks long lines instead of scrolling sideways. */
  wrap?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <div
      className={styles.scroller}
      role="group"
      aria-label={props.label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table
        className={styles.table}
        data-wrap={props.wrap || undefined}
        aria-label={props.label}
        aria-rowcount={
          props.totalLines === undefined ? undefined : props.totalLines + 1
        }
      >
        <thead className={styles.head}>
          <tr>
            <th scope="col">
              <VisuallyHidden>{t('log.column.number')}</VisuallyHidden>
            </th>
            <th scope="col">
              <VisuallyHidden>{t('log.column.level')}</VisuallyHidden>
            </th>
            <th scope="col">
              <VisuallyHidden>{t('log.column.text')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}
