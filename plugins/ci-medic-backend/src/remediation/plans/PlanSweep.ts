import { CiMedicDatabase } from '../../database';
import { remediationAdvance, workFor, WorkQueue } from '../../work';
import { RemediationStore } from '../RemediationStore';
import { PlanStore } from './PlanStore';

const IDLE_MS = 30_000;

/**
 * Closes plans that nobody needs any more, and wakes remediations that nobody carries.
 */
export class PlanSweep {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;
  readonly #plans: PlanStore;
  readonly #remediations: RemediationStore;

  constructor(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
    plans: PlanStore;
    remediations: RemediationStore;
  }) {
    this.#database = options.database;
    this.#queue = options.queue;
    this.#plans = options.plans;
    this.#remediations = options.remediations;
  }

  async run(): Promise<void> {
    for (const { plan: from, isExpired } of await this.#plans.outlived()) {
      await this.#plans.move(
        isExpired
          ? { from, to: 'expired', reason: 'Nobody agreed in time' }
          : { from, to: 'superseded', reason: 'The incident is resolved' },
      );
    }
    const before = (await this.#database.now()) - IDLE_MS;
    const idle = await this.#remediations.idleSince(before);
    if (idle.length > 0) {
      await this.#database.transaction(async knex => {
        const waiting = new Set(
          await knex('work')
            .where({ kind: remediationAdvance.kind })
            .whereIn('state', ['queued', 'running'])
            .whereIn('key', idle)
            .pluck('key'),
        );
        // What waits knows better when to go on.
        await this.#queue.enqueue(
          knex,
          idle
            .filter(id => !waiting.has(id))
            .map(remediationId =>
              workFor(remediationAdvance, { remediationId }),
            ),
        );
      });
    }
  }
}
