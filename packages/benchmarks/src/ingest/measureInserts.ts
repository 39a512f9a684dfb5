import { randomBytes, randomUUID } from 'crypto';
import knexFactory from 'knex';

const CONNECTIONS = 12;
const MILLISECONDS = 5_000;

/**
 * Rows a second that a server takes on as many connections as a replica has, each in a transaction of its own.
 */
export async function measureInserts(options: {
  connection: string;
  /** Of the body of a row. */
  bytes: number;
}): Promise<number> {
  const { connection, bytes } = options;
  const knex = knexFactory({
    ...{ client: 'pg', connection },
    pool: { min: CONNECTIONS, max: CONNECTIONS },
  });
  const table = 'ci_medic_raw_inserts';
  try {
    await knex.schema.createTable(table, columns => {
      columns.uuid('id').primary();
      columns.string('delivery_id').notNullable().unique();
      columns.binary('body').notNullable();
    });
    const body = randomBytes(bytes);
    const begin = performance.now();
    let count = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (performance.now() - begin < MILLISECONDS) {
          const id = randomUUID();
          await knex(table).insert({ id, delivery_id: id, body });
          count++;
        }
      }),
    );
    return Math.round((count * 1_000) / (performance.now() - begin));
  } finally {
    await knex.schema.dropTableIfExists(table);
    await knex.destroy();
  }
}
