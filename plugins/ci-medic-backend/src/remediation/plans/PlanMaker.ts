import { PlanState } from '@ci-medic/plugin-ci-medic-common';
import { Treatment, TreatmentFacts } from '@ci-medic/plugin-ci-medic-node';
import { randomUUID } from 'crypto';
import { CiMedicDatabase } from '../../database';
import { RemediationCase } from '../RemediationCase';
import { RemediationTimings } from '../RemediationConfig';
import { RemediationStore } from '../RemediationStore';
import { Strategies, Strategy } from '../strategies';
import { describeCost } from '../treatments/words';
import { hashOf } from './hashOf';
import { StoredPlan } from './StoredPlan';

const MINUTE_MS = 60_000;

/** Who makes plans by strategies. */
export const CI_MEDIC = 'ci-medic';

/**
 * Makes plans by the world as it is now. Nothing is stored.
 */
export class PlanMaker {
  readonly #database: CiMedicDatabase;
  readonly #timings: RemediationTimings;
  readonly #strategies: Strategies;

  constructor(options: {
    database: CiMedicDatabase;
    timings: RemediationTimings;
    strategies: Strategies;
  }) {
    this.#database = options.database;
    this.#timings = options.timings;
    this.#strategies = options.strategies;
  }

  /**
   * @throws ConflictError with the reason when the treatment does not fit the world.
   */
  async make(request: {
    subject: RemediationCase;
    treatment: Treatment;
    strategy?: Strategy;
    parameters?: TreatmentFacts;
    author: string;
    /** Why, when no strategy says it. */
    why?: string;
    /** What may come later, added to the reason. */
    later?: string;
    signal?: AbortSignal;
  }): Promise<StoredPlan> {
    const { subject, treatment, strategy, author, signal } = request;
    const { incidentId, projectId, runId, attempt, diagnosis } = subject;
    const { action } = treatment;
    const remediationId = RemediationStore.idOf({
      ...{ projectId, runId, attempt, action },
    });
    const proposal = await treatment.propose({
      ...{ remediationId, target: subject.target, failure: subject.failure },
      parameters: request.parameters ?? strategy?.parameters ?? {},
      signal,
    });
    const { parameters, observed: planned, stages, environment } = proposal;
    const now = await this.#database.now();
    const within = strategy?.verify?.withinMinutes;
    return {
      ...{ id: randomUUID(), incidentId, projectId, runId, attempt, action },
      ...{ parameters, planned, stages, environment, author, remediationId },
      ...{ strategy: strategy?.id, category: diagnosis.category },
      ...{ state: 'proposed' as PlanState, version: 1, reason: '' },
      ...{ mode: 'off', gates: [], approvalsNeeded: 0 },
      words: {
        what: proposal.what,
        why: sentences(request.why ?? whyOf(subject, strategy), request.later),
        target: sentences(proposal.target, strategy?.touches),
        worstCase: proposal.worstCase,
        cost: sentences(describeCost(proposal.minutes), strategy?.costs),
        undo: proposal.undo,
        verification: within
          ? `${treatment.verification}, within ${within} minutes`
          : treatment.verification,
        otherwise: this.#strategies.find(strategy?.otherwise)?.title,
      },
      hash: hashOf({
        ...{ incidentId, runId, attempt, action, parameters, planned, stages },
        environment,
      }),
      minutes: proposal.minutes,
      verificationMs: within && within * MINUTE_MS,
      createdAt: now,
      expiresAt: now + this.#timings.approvalMs,
    };
  }
}

function whyOf({ diagnosis }: RemediationCase, strategy?: Strategy): string {
  const { category, subCategory, confidence, transient } = diagnosis;
  const kind = (subCategory ?? category).replaceAll('_', ' ');
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const told =
    category === 'unknown'
      ? 'What kind of failure it is is not known'
      : `The failure is taken for ${kind} (${percent(
          confidence,
        )} sure), and passes without any change in ${percent(
          transient,
        )} of such cases`;
  return strategy ? `${told}. Strategy: ${strategy.title}.` : `${told}.`;
}

function sentences(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
