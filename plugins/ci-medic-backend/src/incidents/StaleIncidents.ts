import { ChangeFeed } from '../changes';
import { CiMedicDatabase } from '../database';
import { alertsPlan, WorkQueue, workFor } from '../work';
import { STALE_MS } from './foldTimeline';
import { IncidentStore } from './IncidentStore';

const BATCH = 50;

/**
 * Closes incidents that nobody has seen for long, such as those of branches that were deleted.
 */
export class StaleIncidents {
  readonly #database: CiMedicDatabase;
  readonly #incidents: IncidentStore;
  readonly #changes: ChangeFeed;
  readonly #queue: WorkQueue;

  constructor(options: {
    database: CiMedicDatabase;
    incidents: IncidentStore;
    changes: ChangeFeed;
    queue: WorkQueue;
  }) {
    this.#database = options.database;
    this.#incidents = options.incidents;
    this.#changes = options.changes;
    this.#queue = options.queue;
  }

  async run(): Promise<void> {
    await this.#forget();
    const before = (await this.#database.now()) - STALE_MS;
    for (;;) {
      const unseen = await this.#incidents.listUnseen(before, BATCH);
      if (unseen.length === 0) {
        return;
      }
      await this.#database.transaction(async knex => {
        for (const { id } of await this.#incidents.recompute(knex, unseen)) {
          this.#changes.announceAfter(knex, 'ci-medic:incidents', id);
          await this.#queue.enqueue(
            knex,
            workFor(alertsPlan, { incidentId: id }),
          );
        }
      });
    }
  }

  /** Drops occurrences whose runs are not kept any more. */
  async #forget() {
    await this.#database.transaction(async knex => {
      const gone = await knex('incident_occurrences')
        .whereNotExists(
          knex('runs')
            .whereRaw('runs.run_id = incident_occurrences.run_id')
            .select('run_id'),
        )
        .select('job_id', 'incident_id');
      for (const { job_id } of gone) {
        await knex('incident_occurrences').where({ job_id }).delete();
      }
      const incidents = gone.map(({ incident_id }) => incident_id);
      await this.#incidents.recompute(knex, [...new Set(incidents)]);
    });
  }
}
