import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './FigureTable.module.css';

/** A column of {@link FigureTable}. */
export type FigureColumn<T> = {
  label: string;
  /** Figures stand at the end of their cells. */
  isFigure?: boolean;
  cell(row: T): ReactNode;
};

/**
 * A table of figures; it scrolls by itself where it is too wide.
 */
export function FigureTable<T>(props: {
  label: string;
  rows: T[];
  columns: FigureColumn<T>[];
  keyOf(row: T): string;
  /** Stands in place of a table without rows. */
  empty: string;
}) {
  const { label, rows, columns, keyOf, empty } = props;
  if (rows.length === 0) {
    return (
      <Text as="p" color="secondary">
        {empty}
      </Text>
    );
  }
  return (
    <div className={styles.scroller} role="group" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.label}
                scope="col"
                data-figure={column.isFigure || undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.label} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.label}
                    data-figure={column.isFigure || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
