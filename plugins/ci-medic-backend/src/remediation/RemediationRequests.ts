import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  RemediationAction,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import { TreatmentFacts } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../database';
import { Gatekeeper } from './gates';
import {
  PlanApprovals,
  PlanMaker,
  PlanStore,
  refusalOf,
  StoredPlan,
} from './plans';
import { RemediationCases } from './RemediationCases';
import { RemediationStore } from './RemediationStore';
import { canBeginAgain } from './StoredRemediation';
import { Strategies } from './strategies';
import { KnownTreatments } from './KnownTreatments';

type Options = {
  approvals: PlanApprovals;
  cases: RemediationCases;
  database: CiMedicDatabase;
  gatekeeper: Gatekeeper;
  maker: PlanMaker;
  plans: PlanStore;
  store: RemediationStore;
  strategies: Strategies;
  treatments: KnownTreatments;
};

type Wanted = {
  incidentId: string;
  action: RemediationAction;
  runId: string;
  attempt: number;
  /** Those of the strategy for the action when missing. */
  parameters?: TreatmentFacts;
};

type Person = { requestedBy: string };

/** What was asked for: under way, done, or waiting for others to agree. */
export type Requested = {
  id: string;
  /** The plan that was made. */
  planId?: string;
  isNew: boolean;
  waits: boolean;
};

/** States in which nothing was done yet. */
const stoppable: RemediationState[] = [
  'approved',
  'claimed',
  'intent_recorded',
];

/**
 * Takes what people ask for, and its withdrawal.
 */
export class RemediationRequests {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Plans what is asked for by the world as it is now, and hears the one who asks. Asking again gives what is there.
   *
   * @throws NotFoundError when the incident has no such run, NotAllowedError for what must not be done, ConflictError when
   * it cannot be done as things stand.
   */
  async request(wanted: Wanted & Person): Promise<Requested> {
    const { store, plans, approvals } = this.#options;
    const { requestedBy: person } = wanted;
    const subject = await this.#options.cases.read(wanted);
    const id = RemediationStore.idOf({
      ...wanted,
      projectId: subject.projectId,
    });
    const before = await store.find(id);
    if (before && !canBeginAgain(before)) {
      return { id, planId: before.planId, isNew: false, waits: false };
    }
    const plan = await this.#plan(wanted);
    const { hash, id: planId } = plan;
    try {
      const agreed = await approvals.approve({ planId, hash, person });
      // The one that carries out the plan, whatever others ask for by now.
      return {
        id: plan.remediationId,
        planId,
        isNew: true,
        waits: agreed.state !== 'approved',
      };
    } catch (error) {
      const reason = (error as Error).message;
      await plans.move({ from: plan, to: 'denied', reason });
      throw error;
    }
  }

  /**
   * @throws ConflictError when something was done already, or may have been.
   */
  async cancel(id: string, actor: string): Promise<void> {
    const { store } = this.#options;
    for (;;) {
      const from = await store.find(id);
      if (!from) {
        throw new NotFoundError(`There is no remediation ${id}`);
      }
      if (from.state === 'cancelled') {
        return;
      }
      if (!stoppable.includes(from.state)) {
        throw new ConflictError(
          `It cannot be stopped any more: it is ${from.state.replaceAll(
            '_',
            ' ',
          )}`,
        );
      }
      const done = from.stages.slice(0, from.stage).join('; ');
      const reason = `Stopped by ${actor}${done && `. Already done: ${done}`}`;
      if (await store.move({ from, to: 'cancelled', reason, actor })) {
        return;
      }
    }
  }

  /**
   * Asks for what takes a remediation back.
   *
   * @throws ConflictError when there is nothing to take back.
   */
  async undo(id: string, person: Person): Promise<Requested> {
    const { store, treatments } = this.#options;
    const row = await store.find(id);
    if (!row) {
      throw new NotFoundError(`There is no remediation ${id}`);
    }
    const { undoneBy } = treatments.get(row.action);
    if (!undoneBy || row.stage === 0) {
      throw new ConflictError('There is nothing to take back');
    }
    return this.request({
      ...{ incidentId: row.incidentId, runId: row.runId },
      ...{ attempt: row.attempt, action: undoneBy.action },
      parameters: row.parameters,
      ...person,
    });
  }

  /** Why something cannot be done for a run of an incident, as things are now. */
  async refusal(
    wanted: Wanted,
    person = 'a person',
  ): Promise<string | undefined> {
    const { cases, gatekeeper, treatments } = this.#options;
    const subject = await cases.read(wanted);
    const { runId, attempt, action } = wanted;
    const { projectId } = subject;
    const decision = await gatekeeper.preview({
      subject,
      treatment: treatments.get(action),
      remediationId: RemediationStore.idOf({
        ...{ projectId, runId, attempt, action },
      }),
      ...{ moment: 'plan', hash: '', author: person, actor: person },
      voices: [],
    });
    return decision.result === 'refused' || decision.result === 'shadowed'
      ? decision.reasons.join('. ')
      : undefined;
  }

  /** Makes and stores the plan, unless the gates would refuse it anyway. */
  async #plan(wanted: Wanted & Person): Promise<StoredPlan> {
    const { cases, database, gatekeeper, maker, plans, treatments } =
      this.#options;
    const { action, requestedBy: author } = wanted;
    const parameters =
      wanted.parameters ??
      this.#options.strategies.list.find(each => each.action === action)
        ?.parameters;
    const subject = await cases.read({ ...wanted, withEvidence: true });
    const treatment = treatments.get(action);
    const { projectId, runId, attempt } = subject;
    const remediationId = RemediationStore.idOf({
      ...{ projectId, runId, attempt, action },
    });
    const decision = await gatekeeper.decide({
      ...{ subject, treatment, remediationId, author, actor: author },
      ...{ moment: 'plan', hash: '', voices: [] },
    });
    if (decision.result === 'refused' || decision.result === 'shadowed') {
      throw refusalOf(decision);
    }
    const plan = await maker.make({
      ...{ subject, treatment, parameters, author },
      why: `Asked for by ${author}`,
    });
    return database.transaction(knex =>
      plans.add(knex, {
        ...{ ...plan, gates: decision.gates, mode: decision.mode },
        reason: decision.reasons.join('. '),
        approvalsNeeded: decision.approvalsNeeded,
      }),
    );
  }
}
