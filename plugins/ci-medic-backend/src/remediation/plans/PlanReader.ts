import { RemediationPlan } from '@ci-medic/plugin-ci-medic-common';
import { NotFoundError } from '@backstage/errors';
import { KnownTreatments } from '../KnownTreatments';
import { PlanStore } from './PlanStore';
import { StoredPlan } from './StoredPlan';

/**
 * Reads plans for people.
 */
export class PlanReader {
  readonly #plans: PlanStore;
  readonly #treatments: KnownTreatments;

  constructor(options: { plans: PlanStore; treatments: KnownTreatments }) {
    this.#plans = options.plans;
    this.#treatments = options.treatments;
  }

  /** Those of an incident in some runs, newest first. */
  async list(incidentId: string, runIds: string[]): Promise<RemediationPlan[]> {
    const plans = await this.#plans.ofIncident(incidentId);
    return this.#present(plans.filter(({ runId }) => runIds.includes(runId)));
  }

  /**
   * @throws NotFoundError when there is no such plan.
   */
  async get(id: string): Promise<RemediationPlan> {
    const plan = await this.#plans.find(id);
    if (!plan) {
      throw new NotFoundError(`There is no plan ${id}`);
    }
    return (await this.#present([plan]))[0];
  }

  async #present(plans: StoredPlan[]): Promise<RemediationPlan[]> {
    const voices = await this.#plans.voices(plans.map(({ id }) => id));
    return plans.map(plan => ({
      ...{ id: plan.id, incidentId: plan.incidentId, runId: plan.runId },
      ...{ attempt: plan.attempt, action: plan.action, state: plan.state },
      actionTitle: this.#titleOf(plan.action),
      ...{ strategy: plan.strategy, reason: plan.reason, mode: plan.mode },
      ...{ category: plan.category, environment: plan.environment },
      ...{ words: plan.words, stages: plan.stages, gates: plan.gates },
      ...{ hash: plan.hash, author: plan.author },
      approvalsNeeded: plan.approvalsNeeded,
      approvals: voices
        .filter(({ planId }) => planId === plan.id)
        .map(({ approver, verdict, at }) => ({
          ...{ approver, verdict, at: new Date(at).toISOString() },
        })),
      createdAt: new Date(plan.createdAt).toISOString(),
      expiresAt: new Date(plan.expiresAt).toISOString(),
      remediationId: plan.state === 'approved' ? plan.remediationId : undefined,
    }));
  }

  #titleOf(action: string): string {
    return this.#treatments.actions.includes(action)
      ? this.#treatments.get(action).title
      : action;
  }
}
