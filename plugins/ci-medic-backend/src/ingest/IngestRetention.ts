import { CiMedicDatabase } from '../database';

const DAY_MS = 24 * 3_600_000;
const BATCH = 200;

/**
 * Forgets what is old: bodies of deliveries after 7 days, deliveries after 30, work that is done after one, and runs
 * after the configured time. Deliveries and work that wait or were given up stay.
 */
export class IngestRetention {
  readonly #database: CiMedicDatabase;
  readonly #keepRunsMs: number;

  constructor(options: { database: CiMedicDatabase; keepRunsMs: number }) {
    this.#database = options.database;
    this.#keepRunsMs = options.keepRunsMs;
  }

  async run(): Promise<void> {
    const { knex } = this.#database;
    const now = await this.#database.now();
    const read = ['processed', 'ignored'];
    await knex('inbox')
      .whereIn('state', read)
      .where('received_at', '<', now - 7 * DAY_MS)
      .whereNotNull('body')
      .update({ body: null });
    await knex('inbox')
      .whereIn('state', read)
      .where('received_at', '<', now - 30 * DAY_MS)
      .delete();
    await knex('work')
      .where({ state: 'done' })
      .where('finished_at', '<', now - DAY_MS)
      .delete();
    await knex('replicas')
      .where('seen_at', '<', now - DAY_MS)
      .delete();
    await this.#forgetRuns(now - this.#keepRunsMs);
  }

  async #forgetRuns(before: number) {
    for (;;) {
      const forgotten = await this.#database.transaction(async knex => {
        const runs = await knex('runs')
          .where('created_at', '<', before)
          .limit(BATCH)
          .pluck('run_id');
        await knex('steps')
          .whereIn(
            'job_id',
            knex('jobs').whereIn('run_id', runs).select('job_id'),
          )
          .delete();
        for (const table of [
          'jobs',
          'test_cases',
          'run_entities',
          'run_problems',
          'runs',
        ]) {
          await knex(table).whereIn('run_id', runs).delete();
        }
        return runs.length;
      });
      if (forgotten === 0) {
        return;
      }
    }
  }
}
