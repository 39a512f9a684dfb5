import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { Treatment } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../../database';
import { skips } from '../../failpoints';
import { WorkQueue } from '../../work';
import { CatalogTerms, GateDecision, Voice } from '../gates';
import { RemediationCase } from '../RemediationCase';
import { RemediationCases } from '../RemediationCases';
import { KnownTreatments } from '../KnownTreatments';
import { PlanDecisions } from './PlanDecisions';
import { PlanStore } from './PlanStore';
import { StoredPlan } from './StoredPlan';

type Options = {
  database: CiMedicDatabase;
  queue: WorkQueue;
  cases: RemediationCases;
  decisions: PlanDecisions;
  plans: PlanStore;
  terms: CatalogTerms;
  treatments: KnownTreatments;
};

/** What a person says of which plan. */
type Said = { planId: string; hash: string; person: string };

/**
 * Hears what people say of plans. Whether they may is decided before.
 */
export class PlanApprovals {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * @throws ConflictError when the plan is not open, is another one than the person saw, or does not fit the world any
   * more; NotAllowedError when a gate says no.
   */
  async approve(said: Said): Promise<StoredPlan> {
    const { plans, decisions, database, queue, treatments } = this.#options;
    const plan = await this.#open(said);
    if (plan.state === 'approved') {
      return plan;
    }
    const subject = await this.#options.cases.read(plan);
    await this.#checkWorld(plan, subject, treatments.get(plan.action));
    const voices = await this.#hear(said, 'approved');
    const { person: actor } = said;
    const decision = await decisions.decide(plan, subject, {
      ...{ moment: 'approve', actor, voices },
    });
    if (decision.result === 'allowed') {
      await database.transaction(knex =>
        decisions.carryOut(knex, plan, decision, {
          ...{ actor, started: 'person' },
          enqueue: work => queue.enqueue(knex, work),
        }),
      );
    } else if (decision.result === 'waits') {
      await plans.move({
        ...{ from: plan, to: 'proposed', gates: decision.gates },
        reason: decision.reasons.join('. '),
        approvalsNeeded: decision.approvalsNeeded,
      });
    } else {
      throw refusalOf(decision);
    }
    return (await plans.find(plan.id))!;
  }

  /**
   * @throws ConflictError when the plan is not open.
   */
  async reject(said: Said): Promise<StoredPlan> {
    const { plans, decisions, cases } = this.#options;
    const plan = await this.#open(said);
    if (plan.state === 'approved') {
      throw new ConflictError(
        'It is approved and being carried out; stop it there',
      );
    }
    const voices = await this.#hear(said, 'rejected');
    const { person: actor } = said;
    await decisions.decide(plan, await cases.read(plan), {
      ...{ moment: 'approve', actor, voices },
    });
    const reason = `Rejected by ${actor}`;
    await plans.move({ from: plan, to: 'rejected', reason });
    return (await plans.find(plan.id))!;
  }

  async #open({ planId, hash, person }: Said): Promise<StoredPlan> {
    const { plans, database } = this.#options;
    const plan = await plans.find(planId);
    if (!plan) {
      throw new NotFoundError(`There is no plan ${planId}`);
    }
    if (plan.hash !== hash) {
      throw new ConflictError('The plan is another one than you saw');
    }
    if (plan.state === 'approved') {
      const voices = await plans.voices([planId]);
      if (voices.some(({ approver }) => approver === person)) {
        return plan;
      }
    }
    if (plan.state !== 'proposed') {
      throw new ConflictError(`The plan is ${plan.state}: ${plan.reason}`);
    }
    if (plan.expiresAt <= (await database.now())) {
      const reason = 'Nobody agreed in time';
      await plans.move({ from: plan, to: 'expired', reason });
      throw new ConflictError('The plan has expired');
    }
    return plan;
  }

  /** A plan for a world that is gone is not agreed to. */
  async #checkWorld(
    plan: StoredPlan,
    subject: RemediationCase,
    treatment: Treatment,
  ) {
    const step = {
      ...{ remediationId: plan.remediationId, target: subject.target },
      ...{ parameters: plan.parameters, planned: plan.planned },
      ...{ stage: 0, traces: [] },
    };
    // What a person asked for need not wait for the incident.
    const readiness =
      subject.isOpen || !plan.strategy
        ? treatment.readiness(step, await treatment.observe(step))
        : { kind: 'stale' as const, reason: 'The incident is resolved' };
    if (readiness.kind === 'stale' && !skips('remediation.staleness')) {
      const { reason } = readiness;
      await this.#options.plans.move({ from: plan, to: 'superseded', reason });
      throw new ConflictError(reason);
    }
  }

  async #hear(
    { planId, person, hash }: Said,
    verdict: Voice['verdict'],
  ): Promise<Voice[]> {
    const { plans, terms } = this.#options;
    const inCatalog = await terms.knows(person);
    const voice = { approver: person, hash, inCatalog, verdict };
    await plans.addVoice(planId, voice);
    const voices = await plans.voices([planId]);
    // Somebody who agreed may still reject.
    return verdict === 'rejected' ? [...voices, voice] : voices;
  }
}

/** What to tell a person whom a gate refuses. */
export function refusalOf(decision: GateDecision): Error {
  const reason = decision.reasons.join('. ');
  const gate = decision.gates.find(({ result }) => result === 'refused')?.gate;
  return decision.isNever || gate === 'policy' || gate === 'people'
    ? new NotAllowedError(reason)
    : new ConflictError(reason);
}
