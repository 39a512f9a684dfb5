import { CiMedicDatabase } from '../database';

const DAY_MS = 24 * 3_600_000;
const BATCH = 500;

/**
 * Drops the lines of old logs. What explained a failure stays: headline, fingerprint and findings.
 */
export class LogRetention {
  readonly #database: CiMedicDatabase;
  readonly #keepMs: number;

  constructor(options: { database: CiMedicDatabase; keepMs?: number }) {
    this.#database = options.database;
    this.#keepMs = options.keepMs ?? 30 * DAY_MS;
  }

  async run(): Promise<void> {
    const database = this.#database;
    const before = (await database.now()) - this.#keepMs;
    const { knex } = database;
    for (;;) {
      const old = await knex('job_logs')
        .where({ state: 'stored' })
        .where('read_at', '<', before)
        .limit(BATCH)
        .pluck('job_id');
      if (old.length === 0) {
        break;
      }
      await database.transaction(async transaction => {
        await transaction('job_logs').whereIn('job_id', old).update({
          state: 'expired',
          reason: 'The log is older than logs are kept here',
          generation: null,
        });
        await transaction('log_chunks').whereIn('job_id', old).delete();
      });
    }
    for (const table of ['job_logs', 'log_sketches', 'job_templates']) {
      await knex(table)
        .whereNotExists(
          knex('jobs')
            .whereRaw(`jobs.job_id = ${table}.job_id`)
            .select('job_id'),
        )
        .delete();
    }
    // What a reading left behind that was given up in its middle.
    await knex('log_chunks').where('stored_at', '<', before).delete();
  }
}
