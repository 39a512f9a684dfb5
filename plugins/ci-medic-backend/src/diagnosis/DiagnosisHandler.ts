import { diagnose, ModelInput } from '@ci-medic/diagnosis';
import { ChangeFeed } from '../changes';
import {
  alertsPlan,
  diagnosisRun,
  rootcauseRun,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
} from '../work';
import { DiagnosisStore } from './DiagnosisStore';
import { FailureFacts } from './FailureFacts';
import { ModelClient } from './ModelClient';

type Payload = { incidentId: string };

type Options = {
  changes: ChangeFeed;
  facts: FailureFacts;
  store: DiagnosisStore;
  /** Absent when none is configured. */
  model?: ModelClient;
};

/**
 * Says what kind of failure an incident is. What a model says counts beside signatures and history; without it they
 * answer alone, and the diagnosis says so.
 */
export class DiagnosisHandler implements WorkHandler<Payload> {
  readonly kind = diagnosisRun.kind;
  readonly schema = diagnosisRun.schema;
  readonly concurrency = 4;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { changes, facts, store } = this.#options;
    const { incidentId } = payload;
    const found = await facts.read(incidentId);
    if (!found) {
      return {};
    }
    const { jobId, input } = found;
    // Models read logs of failures.
    const result =
      input.subject === 'figure'
        ? diagnose(input)
        : diagnose({ ...input, model: await this.#askModel(input, signal) });
    return {
      write: async ({ knex, enqueue }) => {
        const exists = await knex('incidents')
          .where({ id: incidentId })
          .first('id');
        if (!exists) {
          return;
        }
        const isNew = await store.add(knex, incidentId, jobId, result);
        if (isNew) {
          changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
          await enqueue(workFor(alertsPlan, { incidentId }));
        }
        // More runs of the job are known by now, even where nothing else is new.
        await enqueue(workFor(rootcauseRun, { incidentId }));
      },
    };
  }

  async #askModel(
    input: Parameters<ModelClient['classify']>[0],
    signal: AbortSignal,
  ): Promise<ModelInput> {
    const { model } = this.#options;
    return model
      ? model.classify(input, signal)
      : { missing: 'No model is configured' };
  }
}
