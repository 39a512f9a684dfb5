import { CiMedicDatabase } from '../database';
import { diagnosisRun, workFor, workPriority, WorkQueue } from '../work';
import { ModelClient } from './ModelClient';

const BATCH = 500;
const OLDEST_MS = 14 * 24 * 3_600_000;

/**
 * Fills in what a model did not say while it was away. As long as it is away, nothing is tried.
 */
export class DiagnosisBacklog {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;
  readonly #model?: ModelClient;

  constructor(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
    model?: ModelClient;
  }) {
    this.#database = options.database;
    this.#queue = options.queue;
    this.#model = options.model;
  }

  async run(): Promise<void> {
    if (!this.#model) {
      return;
    }
    const { knex } = this.#database;
    const oldest = (await this.#database.now()) - OLDEST_MS;
    const waiting: string[] = await knex('diagnoses')
      .where({ is_partial: true })
      .where('created_at', '>=', oldest)
      .whereNotExists(
        knex({ newer: 'diagnoses' })
          .whereRaw('newer.incident_id = diagnoses.incident_id')
          .whereRaw('newer.version > diagnoses.version')
          .select('newer.id'),
      )
      .orderBy('created_at', 'desc')
      .limit(BATCH)
      .pluck('incident_id');
    if (waiting.length === 0 || !(await this.#model.isReady())) {
      return;
    }
    await this.#database.transaction(async transaction => {
      await this.#queue.enqueue(
        transaction,
        waiting.map(incidentId =>
          workFor(
            diagnosisRun,
            { incidentId },
            { priority: workPriority.background },
          ),
        ),
      );
    });
  }
}
