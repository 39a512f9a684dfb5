import {
  remediationAdvance,
  remediationCheck,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
} from '../work';
import { RemediationStore } from './RemediationStore';

type Payload = { runId: string };

/**
 * Wakes the remediations of a run of which an attempt ended.
 */
export class CheckHandler implements WorkHandler<Payload> {
  readonly kind = remediationCheck.kind;
  readonly schema = remediationCheck.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #store: RemediationStore;

  constructor(options: { store: RemediationStore }) {
    this.#store = options.store;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    const open = await this.#store.openOf(payload.runId);
    return {
      write: async ({ enqueue }) => {
        for (const remediationId of open) {
          await enqueue(workFor(remediationAdvance, { remediationId }));
        }
      },
    };
  }
}
