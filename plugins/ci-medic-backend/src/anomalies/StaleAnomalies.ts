import { CiMedicDatabase } from '../database';
import { anomaliesGroup, workFor, WorkQueue } from '../work';

/** After so long, what was unusual is usual. */
const STALE_MS = 30 * 24 * 3_600_000;

/**
 * Ends anomalies that have lasted so long that they are what is usual now.
 */
export class StaleAnomalies {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  constructor(options: { database: CiMedicDatabase; queue: WorkQueue }) {
    this.#database = options.database;
    this.#queue = options.queue;
  }

  async run(): Promise<void> {
    const now = await this.#database.now();
    await this.#database.transaction(async knex => {
      const stale = () =>
        knex('anomalies')
          .whereNull('ended_at')
          .where('at', '<', now - STALE_MS);
      const projects: string[] = await stale()
        .distinct('project_id')
        .pluck('project_id');
      await stale().update({ ended_at: now });
      for (const projectId of projects) {
        const options = { lane: projectId };
        await this.#queue.enqueue(
          knex,
          workFor(anomaliesGroup, { projectId }, options),
        );
      }
    });
  }
}
