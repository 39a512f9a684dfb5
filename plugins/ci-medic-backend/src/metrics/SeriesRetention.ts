import { CiMedicDatabase } from '../database';

const DAY_MS = 24 * 3_600_000;
/** Figures from outside are kept by the system that they come from. */
const KEEP_SOURCES_MS = 90 * DAY_MS;

/**
 * Forgets points as old as the runs that are forgotten, and what nothing is measured of any more.
 */
export class SeriesRetention {
  readonly #database: CiMedicDatabase;
  readonly #keepRunsMs: number;

  constructor(options: { database: CiMedicDatabase; keepRunsMs: number }) {
    this.#database = options.database;
    this.#keepRunsMs = options.keepRunsMs;
  }

  async run(): Promise<void> {
    const { knex } = this.#database;
    const now = await this.#database.now();
    const oldest = now - this.#keepRunsMs;
    await knex('series_points').where('at', '<', oldest).delete();
    await knex('series_points')
      .where('at', '<', now - KEEP_SOURCES_MS)
      .where({ run_id: '' })
      .delete();
    await knex('anomalies').where('began_at', '<', oldest).delete();
    await knex('series_tests').where('last_at', '<', oldest).delete();
    await knex('anomaly_tellings')
      .where('at', '<', now - 7 * DAY_MS)
      .delete();
    const gone = () =>
      knex('series_subjects').where('last_at', '<', oldest).select('id');
    await knex('series_judgements').whereIn('subject_id', gone()).delete();
    await knex('series_subjects').where('last_at', '<', oldest).delete();
  }
}
