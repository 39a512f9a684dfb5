import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Knex } from 'knex';
import { setTimeout } from 'timers/promises';

/** Of PostgreSQL's advisory locks, ours: the letters "cimedic". */
const ADVISORY_LOCK = '27988542884735331';
const PAUSE_MS = 250;
/** A replica of a version that knows no advisory lock is given that long. */
const GRACE_MS = 60_000;

/**
 * Brings the schema up to date, also while other replicas do the same, and beside replicas of the version before.
 *
 * @remarks
 *
 * On PostgreSQL one replica migrates at a time, and one that dies at it lets the next one go on. A replica of the
 * version before may start on a schema that is newer than it knows: migrations only add to what there is.
 */
export async function migrate(
  knex: Knex,
  options: { directory?: string; graceMs?: number } = {},
): Promise<void> {
  const {
    directory = resolvePackagePath(
      '@ci-medic/plugin-ci-medic-backend',
      'migrations',
    ),
    graceMs = GRACE_MS,
  } = options;
  const config = { directory, disableMigrationsListValidation: true };
  if (knex.client.config.client !== 'pg') {
    await knex.migrate.latest(config);
    return;
  }
  await knex.transaction(async lock => {
    await lock.raw(`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    for (const end = Date.now() + graceMs; ; await setTimeout(PAUSE_MS)) {
      try {
        await knex.migrate.latest(config);
        return;
      } catch (error) {
        if (toError(error).name !== 'MigrationLocked') {
          throw error;
        }
        if (Date.now() > end) {
          // Whoever held it died: the living would hold the advisory lock.
          await knex.migrate.forceFreeMigrationsLock(config);
        }
      }
    }
  });
}
