import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { finalRemediationStates } from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readText } from '../../database';
import {
  remediationPlan,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../../work';
import { GateDecision } from '../gates';
import { RemediationCase } from '../RemediationCase';
import { RemediationCases } from '../RemediationCases';
import { quietAt, Strategies, Strategy, Strikes } from '../strategies';
import { KnownTreatments } from '../KnownTreatments';
import { PlanDecisions } from './PlanDecisions';
import { CI_MEDIC, PlanMaker } from './PlanMaker';
import { PlanStore } from './PlanStore';
import { StoredPlan } from './StoredPlan';

type Payload = { incidentId: string };

type Options = {
  database: CiMedicDatabase;
  cases: RemediationCases;
  decisions: PlanDecisions;
  maker: PlanMaker;
  plans: PlanStore;
  strategies: Strategies;
  treatments: KnownTreatments;
};

type Decided = { plan: StoredPlan; decision: GateDecision };

type Chosen = {
  decided: Decided[];
  /** After which there may be a better plan. */
  laterMs?: number;
};

const STRIKES_MS = 3 * 3_600_000;
const MOST_MEMBERS = 500;

/**
 * Plans what could be done about an incident that was diagnosed, by the first strategy that fits and that the gates let
 * pass.
 */
export class PlanHandler implements WorkHandler<Payload> {
  readonly kind = remediationPlan.kind;
  readonly schema = remediationPlan.schema;
  readonly concurrency = 4;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 8;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { cases } = this.#options;
    const { incidentId } = payload;
    const newest = await cases.newestRun(incidentId);
    // Where nothing failed there is nothing to treat.
    if (!newest?.hasFailed) {
      return {};
    }
    const { runId, attempt } = newest;
    const subject = await cases.read({
      ...{ runId, attempt, incidentId, withEvidence: true },
    });
    if (!subject.isOpen || subject.run.status !== 'completed') {
      return {};
    }
    const chosen = await this.#choose(subject, signal);
    return {
      write: async transaction => {
        await this.#write(chosen.decided, transaction);
        const { laterMs } = chosen;
        if (laterMs !== undefined) {
          await transaction.enqueue(
            workFor(remediationPlan, { incidentId }, { delayMs: laterMs }),
          );
        }
      },
    };
  }

  async #choose(
    subject: RemediationCase,
    signal: AbortSignal,
  ): Promise<Chosen> {
    const { database, strategies } = this.#options;
    const { runId, attempt, incidentId } = subject;
    const tried = (
      await database.knex('remediations').where({ run_id: runId })
    ).map((row: any) => ({
      strategy: readText(row.strategy),
      state: row.state,
      attempt: row.attempt,
    }));
    const isBusy = tried.some(
      ({ state, attempt: of }) =>
        of === attempt && !finalRemediationStates.includes(state),
    );
    if (isBusy) {
      return { decided: [] };
    }
    const occurrences = await database
      .knex('incident_occurrences')
      .where({ incident_id: incidentId })
      .countDistinct<{ count: unknown }[]>({ count: 'run_id' })
      .first();
    const now = await database.now();
    const decided: Decided[] = [];
    let laterMs: number | undefined;
    let later: string | undefined;
    for (const strategy of strategies.candidates(subject, {
      ...{ tried, occurrences: Number(occurrences?.count), now },
    })) {
      const { quietMinutes } = strategy.requires;
      const waitMs =
        quietMinutes === undefined
          ? 0
          : quietAt(quietMinutes, await this.#strikes(subject, now)) - now;
      if (waitMs > 0) {
        laterMs = Math.min(laterMs ?? Infinity, waitMs);
        later ??= `Once its cause has not struck for a while: ${strategy.title}.`;
        continue;
      }
      const made = await this.#consider(subject, { strategy, later, signal });
      if (made === 'known') {
        break;
      }
      if (made) {
        decided.push(made);
        if (made.decision.result !== 'refused') {
          break;
        }
      }
    }
    return { decided, laterMs };
  }

  /** How often the cause of an incident, which others may share, struck lately. */
  async #strikes({ causeId }: RemediationCase, now: number): Promise<Strikes> {
    const { knex } = this.#options.database;
    const members: string[] = await knex('incident_members')
      .where({ leader_id: causeId })
      .pluck('incident_id');
    const row = await knex('incident_occurrences')
      .whereIn('incident_id', [causeId, ...members.slice(0, MOST_MEMBERS)])
      .where('at', '>', now - STRIKES_MS)
      .countDistinct({ runs: 'run_id' })
      .max({ last: 'at' })
      .first();
    return { runs: Number(row?.runs ?? 0), last: Number(row?.last ?? 0) };
  }

  /** Returns `undefined` when the strategy does not fit the world, `known` when there is nothing new to say. */
  async #consider(
    subject: RemediationCase,
    options: { strategy: Strategy; later?: string; signal: AbortSignal },
  ): Promise<Decided | 'known' | undefined> {
    const { strategy, later, signal } = options;
    const { cases, maker, plans, treatments, decisions } = this.#options;
    const treatment = treatments.get(strategy.action);
    if (treatment.rerunsJobs && (await cases.staysRed(subject))) {
      return undefined;
    }
    let plan: StoredPlan;
    try {
      plan = await maker.make({
        ...{ subject, strategy, later, signal, author: CI_MEDIC },
        treatment,
      });
    } catch (error) {
      if (
        error instanceof ConflictError ||
        error instanceof InputError ||
        error instanceof NotFoundError
      ) {
        return undefined;
      }
      throw error;
    }
    const before = (await plans.ofIncident(subject.incidentId)).find(
      each => each.hash === plan.hash && each.strategy === plan.strategy,
    );
    if (before && before.state !== 'denied' && before.state !== 'superseded') {
      return 'known';
    }
    const decision = await decisions.decide(plan, subject, {
      ...{ moment: 'plan', actor: CI_MEDIC, voices: [] },
    });
    return before?.state === 'denied' && decision.result === 'refused'
      ? undefined
      : { plan, decision };
  }

  async #write(decided: Decided[], { knex, enqueue }: WorkTransaction) {
    const { plans, decisions, treatments } = this.#options;
    for (const { plan, decision } of decided) {
      const { isAdvice } = treatments.get(plan.action);
      const stored = await plans.add(knex, {
        ...plan,
        state: stateOf(decision, isAdvice),
        reason: decision.reasons.join('. '),
        ...{ mode: decision.mode, gates: decision.gates },
        approvalsNeeded: decision.approvalsNeeded,
      });
      if (decision.result === 'allowed' && !isAdvice) {
        await decisions.carryOut(knex, stored, decision, {
          ...{ actor: CI_MEDIC, started: 'automatic', enqueue },
        });
      }
    }
  }
}

function stateOf({ result }: GateDecision, isAdvice?: boolean) {
  if (result === 'refused') {
    return 'denied';
  }
  if (result === 'shadowed') {
    return 'shadowed';
  }
  return isAdvice ? 'advised' : 'proposed';
}
