import { NotFoundError } from '@backstage/errors';
import { ActGate } from './ActGate';
import { PlanDecisions, PlanStore } from './plans';
import { RemediationCases } from './RemediationCases';
import { StoredRemediation } from './StoredRemediation';

type Options = {
  cases: RemediationCases;
  decisions: PlanDecisions;
  plans: PlanStore;
};

/**
 * Asks all gates once more just before something is done: what was allowed hours ago need not be any more.
 */
export class GatesAtWork implements ActGate {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async admit(
    row: StoredRemediation,
  ): Promise<{ causeId: string } | { refusal: string }> {
    const { cases, decisions, plans } = this.#options;
    const plan = row.planId ? await plans.find(row.planId) : undefined;
    if (!plan) {
      return { refusal: 'There is no plan that anybody could have agreed to' };
    }
    try {
      const { runId, attempt } = row;
      const incidentId = await cases.incidentOf(row);
      const subject = await cases.read({ incidentId, runId, attempt });
      const decision = await decisions.decide(plan, subject, {
        ...{ moment: 'act', actor: row.requestedBy },
        voices: await plans.voices([plan.id]),
      });
      return decision.result === 'allowed'
        ? { causeId: subject.causeId }
        : { refusal: decision.reasons.join('. ') };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return { refusal: error.message };
      }
      throw error;
    }
  }
}
