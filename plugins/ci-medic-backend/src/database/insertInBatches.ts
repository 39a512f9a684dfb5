import { Knex } from 'knex';

/** Below the 32,766 of SQLite and the 65,535 of PostgreSQL. */
const MAX_BINDINGS = 30_000;

/**
 * Inserts many rows without running into the limit of bound values. All rows must have the same columns.
 */
export async function insertInBatches(options: {
  knex: Knex;
  table: string;
  rows: object[];
  /** Turns each insert into something more, such as an upsert. */
  refine?: (insert: Knex.QueryBuilder) => Knex.QueryBuilder;
}): Promise<void> {
  const { knex, table, rows, refine = insert => insert } = options;
  if (rows.length === 0) {
    return;
  }
  const size = Math.min(
    Math.floor(MAX_BINDINGS / Object.keys(rows[0]).length),
    500,
  );
  for (let start = 0; start < rows.length; start += size) {
    await refine(knex(table).insert(rows.slice(start, start + size)));
  }
}
