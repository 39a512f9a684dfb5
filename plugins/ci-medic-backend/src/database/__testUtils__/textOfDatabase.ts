import { Knex } from 'knex';
import { gunzipSync } from 'zlib';

/** Everything that stands in a database, what is packed unpacked, as one text. */
export async function textOfDatabase(knex: Knex): Promise<string> {
  const isPostgres = knex.client.config.client === 'pg';
  const tables: { name: string }[] = isPostgres
    ? await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .select('table_name as name')
    : await knex('sqlite_master').where({ type: 'table' }).select('name');
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const row of await knex(name)) {
      texts.push(...Object.values(row as object).map(textOf));
    }
  }
  return texts.join('\n');
}

function textOf(value: unknown): string {
  if (!Buffer.isBuffer(value)) {
    return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  }
  const isPacked = value[0] === 0x1f && value[1] === 0x8b;
  return (isPacked ? gunzipSync(value) : value).toString('latin1');
}
