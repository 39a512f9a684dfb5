import { Knex } from 'knex';
import { remediationAdvance, workFor, WorkRequest } from '../../work';
import { GateDecision, Gatekeeper, GateRequest, Voice } from '../gates';
import { RemediationCase } from '../RemediationCase';
import { RemediationTimings } from '../RemediationConfig';
import { RemediationStore } from '../RemediationStore';
import { KnownTreatments } from '../KnownTreatments';
import { PlanStore } from './PlanStore';
import { StoredPlan } from './StoredPlan';

type Options = {
  gatekeeper: Gatekeeper;
  plans: PlanStore;
  remediations: RemediationStore;
  timings: RemediationTimings;
  treatments: KnownTreatments;
};

/**
 * Leads plans through the gates, and lets those that are allowed be carried out.
 */
export class PlanDecisions {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  decide(
    plan: StoredPlan,
    subject: RemediationCase,
    more: { moment: GateRequest['moment']; actor: string; voices: Voice[] },
  ): Promise<GateDecision> {
    return this.#options.gatekeeper.decide({
      ...this.requestOf(plan, subject),
      ...more,
    });
  }

  preview(
    plan: StoredPlan,
    subject: RemediationCase,
    voices: Voice[],
  ): Promise<GateDecision> {
    return this.#options.gatekeeper.preview({
      ...this.requestOf(plan, subject),
      ...{ moment: 'approve', actor: plan.author, voices },
    });
  }

  requestOf(
    plan: StoredPlan,
    subject: RemediationCase,
  ): Omit<GateRequest, 'moment' | 'actor' | 'voices'> {
    const { strategy, environment, minutes, remediationId, hash, author } =
      plan;
    return {
      ...{ subject, strategy, environment, minutes, remediationId, hash },
      ...{ author, planId: plan.id },
      treatment: this.#options.treatments.get(plan.action),
    };
  }

  /** Writes down that a plan is allowed, and what carries it out. Returns false when somebody was faster. */
  async carryOut(
    knex: Knex.Transaction,
    plan: StoredPlan,
    decision: GateDecision,
    options: {
      actor: string;
      started: 'person' | 'automatic';
      enqueue(work: WorkRequest): Promise<void>;
    },
  ): Promise<boolean> {
    const { plans, remediations, timings } = this.#options;
    const { remediationId } = plan;
    const { actor: requestedBy, started, enqueue } = options;
    const verb = plan.author === requestedBy ? 'Asked for' : 'Agreed to';
    const reason =
      started === 'automatic'
        ? 'It is done automatically'
        : `${verb} by ${requestedBy}`;
    const isMine = await plans.moveIn(knex, {
      ...{ from: plan, to: 'approved', reason, gates: decision.gates },
      ...{ mode: decision.mode, approvalsNeeded: decision.approvalsNeeded },
    });
    if (!isMine) {
      return false;
    }
    await remediations.add(knex, {
      ...plan,
      ...{ id: remediationId, planId: plan.id, started, requestedBy, reason },
      expiryMs: timings.expiryMs,
    });
    await enqueue({
      ...workFor(remediationAdvance, { remediationId }),
      lane: plan.projectId,
    });
    return true;
  }
}
