import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import knexFactory, { Knex } from 'knex';
import { cp, mkdtemp, readdir, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { migrate } from './migrate';

jest.setTimeout(120_000);

const ids = TestDatabases.create().eachSupportedId();
const own = resolvePackagePath(
  '@ci-medic/plugin-ci-medic-backend',
  'migrations',
);

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) {
    await rm(folder, { recursive: true });
  }
});

/** The migrations of an earlier version: the first so many. */
async function earlier(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  folders.push(folder);
  const files = (await readdir(own)).sort().slice(0, count);
  await Promise.all(files.map(file => cp(join(own, file), join(folder, file))));
  return folder;
}

/** Columns of all tables, with whether they may be left out of an insert. */
async function columnsOf(knex: Knex): Promise<Map<string, string>> {
  const isPostgres = knex.client.config.client === 'pg';
  const rows: Array<Record<string, string>> = isPostgres
    ? await knex('information_schema.columns')
        .whereRaw('table_schema = current_schema()')
        .select('table_name', 'column_name', 'data_type')
        .select({
          optional: knex.raw(
            `is_nullable = 'YES' or column_default is not null or is_identity = 'YES'`,
          ),
        })
    : await knex.raw(
        `select tables.name as table_name, columns.name as column_name, columns.type as data_type,
         columns."notnull" = 0 or columns.dflt_value is not null or columns.pk > 0 as optional
         from sqlite_master as tables, pragma_table_info(tables.name) as columns where tables.type = 'table'`,
      );
  return new Map(
    rows
      .filter(({ table_name }) => !/^(knex_|sqlite_)/.test(table_name))
      .map(row => [
        `${row.table_name}.${row.column_name}`,
        `${row.data_type} ${Boolean(row.optional)}`,
      ]),
  );
}

describe.each(ids)('migrations on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  it('R12: each only adds, so that replicas of the version before go on', async () => {
    const knex = await databases.init(id as any);
    const count = (await readdir(own)).length;
    let before = new Map<string, string>();
    for (let version = 1; version <= count; version++) {
      await migrate(knex, { directory: await earlier(version) });
      const after = await columnsOf(knex);
      const tables = new Set(
        [...before.keys()].map(name => name.split('.')[0]),
      );
      for (const [name, kind] of before) {
        // Gone, renamed, of another type, or needed from now on.
        expect(`${version} ${name} ${after.get(name)}`).toBe(
          `${version} ${name} ${
            kind.endsWith('false') && after.get(name)?.endsWith('true')
              ? after.get(name)
              : kind
          }`,
        );
      }
      for (const [name, kind] of after) {
        const isForeign = !before.has(name) && tables.has(name.split('.')[0]);
        expect(`${name} ${!isForeign || kind.endsWith('true')}`).toBe(
          `${name} true`,
        );
      }
      before = after;
    }
    expect(before.size).toBeGreaterThan(100);
  });

  it('R12: a replica of the version before starts on a newer schema, and changes nothing', async () => {
    const knex = await databases.init(id as any);
    await migrate(knex);
    const before = await columnsOf(knex);
    await migrate(knex, { directory: await earlier(3) });
    expect(await columnsOf(knex)).toEqual(before);
  });
});

const postgres = ids.flat().filter(id => String(id).startsWith('POSTGRES'));

describe.each(postgres)('several replicas on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const replicas: Knex[] = [];

  afterEach(async () => {
    await Promise.all(replicas.splice(0).map(replica => replica.destroy()));
  });

  async function start(count: number): Promise<Knex[]> {
    const { client, connection } = (await databases.init(id as any)).client
      .config;
    for (let index = 0; index < count; index++) {
      replicas.push(
        knexFactory({ client, connection, pool: { min: 0, max: 4 } }),
      );
    }
    return replicas;
  }

  it.each([0, 3])(
    'R12: four at once migrate once, from %d migrations on',
    async count => {
      const all = await start(4);
      if (count > 0) {
        await migrate(all[0], { directory: await earlier(count) });
      }
      await Promise.all(all.map(replica => migrate(replica)));
      const names = await all[0]('knex_migrations').pluck('name');
      expect(names.sort()).toEqual((await readdir(own)).sort());
      expect(await all[0]('knex_migrations_lock').pluck('is_locked')).toEqual([
        0,
      ]);
    },
  );

  it('R12: one that died at it does not keep the others out', async () => {
    const [one] = await start(1);
    await migrate(one);
    await one('knex_migrations_lock').update({ is_locked: 1 });
    await migrate(one, { graceMs: 300 });
    expect(await one('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
  });
});
