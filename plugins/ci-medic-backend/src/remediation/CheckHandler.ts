import {
  remediationAdvance,
  remediationCheck,
  remediationPlan,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
} from '../work';
import { CiMedicDatabase } from '../database';
import { RemediationStore } from './RemediationStore';

type Payload = { runId: string };

const MORE_DELAY_MS = 15_000;

/**
 * Wakes the remediations of a run of which an attempt ended, and has its open incidents planned for: as long as other jobs
 * of the run went on nothing could be.
 */
export class CheckHandler implements WorkHandler<Payload> {
  readonly kind = remediationCheck.kind;
  readonly schema = remediationCheck.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #database: CiMedicDatabase;
  readonly #store: RemediationStore;

  constructor(options: { database: CiMedicDatabase; store: RemediationStore }) {
    this.#database = options.database;
    this.#store = options.store;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    const open = await this.#store.openOf(payload.runId);
    const { knex: reader } = this.#database;
    const incidents: string[] = await reader('incident_occurrences')
      .join('incidents', 'incidents.id', 'incident_occurrences.incident_id')
      .where({ run_id: payload.runId, state: 'open' })
      .distinct()
      .pluck('incidents.id');
    const planned: string[] = await reader('remediation_plans')
      .whereIn('incident_id', incidents)
      .whereIn('state', ['proposed', 'advised', 'denied', 'shadowed'])
      .distinct()
      .pluck('incident_id');
    return {
      write: async ({ enqueue }) => {
        for (const remediationId of open) {
          await enqueue(workFor(remediationAdvance, { remediationId }));
        }
        for (const incidentId of incidents) {
          // A crowd of failures for which there is an answer already is looked at once.
          const delayMs = planned.includes(incidentId) ? MORE_DELAY_MS : 0;
          await enqueue(workFor(remediationPlan, { incidentId }, { delayMs }));
        }
      },
    };
  }
}
