import {
  finalRemediationStates,
  RemediationAction,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import {
  TreatmentFacts,
  TreatmentOutcome,
} from '@ci-medic/plugin-ci-medic-node';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, stableId, writeText } from '../database';
import { failpoint, skips } from '../failpoints';
import { Budgets, KillSwitch } from './gates';
import {
  canBeginAgain,
  readRemediation,
  StoredRemediation,
} from './StoredRemediation';

/** What is to be carried out. */
export type NewRemediation = Pick<
  StoredRemediation,
  | 'id'
  | 'incidentId'
  | 'projectId'
  | 'planId'
  | 'action'
  | 'runId'
  | 'attempt'
  | 'parameters'
  | 'planned'
  | 'stages'
  | 'started'
  | 'requestedBy'
  | 'verificationMs'
> & { category: string; strategy?: string; reason: string; expiryMs: number };

/** A transition. It is made only if nobody made another one meanwhile. */
export type Move = {
  from: StoredRemediation;
  to: RemediationState;
  reason: string;
  actor?: string;
  observed?: TreatmentFacts;
  set?: {
    tries?: number;
    stage?: number;
    traces?: TreatmentFacts[];
    newAttempt?: number;
    proven?: { at: number; reason: string };
    verdict?: TreatmentOutcome['verdict'];
  };
  /** Only while no kill switch stops it. */
  ifNotStopped?: boolean;
};

/** What a claim came to. */
export type Claim =
  | { kind: 'mine'; row: StoredRemediation }
  /** Somebody else was faster, or a kill switch is on. */
  | { kind: 'lost' }
  /** A budget is used up. */
  | { kind: 'spent'; reason: string };

/**
 * Remediations and their history.
 *
 * @remarks
 *
 * Every transition is a compare-and-set on state, version and fence, and writes a row of history in the same transaction.
 * Who does not get it through is not the owner any more and has to stop.
 */
export class RemediationStore {
  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;
  readonly #budgets: Budgets;
  readonly #onEnd: (knex: Knex.Transaction, ended: Move) => Promise<void>;

  constructor(options: {
    database: CiMedicDatabase;
    changes: ChangeFeed;
    budgets: Budgets;
    /** Called in the transaction that ends one. */
    onEnd?: (knex: Knex.Transaction, ended: Move) => Promise<void>;
  }) {
    this.#database = options.database;
    this.#changes = options.changes;
    this.#budgets = options.budgets;
    this.#onEnd = options.onEnd ?? (async () => {});
  }

  /** The same for everything that must happen at most once. */
  static idOf(key: {
    projectId: string;
    runId: string;
    attempt: number;
    action: RemediationAction;
  }): string {
    const { projectId, runId, attempt, action } = key;
    const salt = skips('remediation.key') ? randomUUID() : '';
    return stableId(projectId, 'remediation', runId, attempt, action + salt);
  }

  async find(
    id: string,
    knex: Knex = this.#database.knex,
  ): Promise<StoredRemediation | undefined> {
    const row = await knex('remediations')
      .join('projects', 'projects.id', 'remediations.project_id')
      .leftJoin('runs', join =>
        join
          .on('runs.run_id', 'remediations.run_id')
          .andOn('runs.attempt', 'remediations.attempt'),
      )
      .where('remediations.id', id)
      .first(
        ...['remediations.*', 'provider', 'host', 'slug', 'runs.external_id'],
        ...['runs.branch', 'runs.commit_sha', 'runs.pipeline_path'],
      );
    return row && readRemediation(row);
  }

  /** Adds one, or opens one again that came to nothing. Returns false when it is under way or was done. */
  async add(
    knex: Knex.Transaction,
    remediation: NewRemediation,
  ): Promise<boolean> {
    const now = await this.#database.now(knex);
    const { id, incidentId, planned, reason, requestedBy } = remediation;
    const values = {
      plan_id: remediation.planId ?? null,
      parameters: JSON.stringify(remediation.parameters),
      planned: JSON.stringify(planned),
      stages: JSON.stringify(remediation.stages),
      verification_ms: remediation.verificationMs ?? null,
      started: remediation.started,
      category: remediation.category,
      strategy: remediation.strategy ?? null,
      expires_at: now + remediation.expiryMs,
      requested_by: requestedBy,
    };
    const inserted = await knex('remediations')
      .insert({
        ...{ id, incident_id: incidentId, project_id: remediation.projectId },
        run_id: remediation.runId,
        attempt: remediation.attempt,
        action: remediation.action,
        ...{ state: 'approved', reason: writeText(reason, 1_000) },
        ...{ version: 1, fence: 0, tries: 0, stage: 0, traces: '[]' },
        ...values,
        ...{ requested_at: now, updated_at: now },
      })
      .onConflict(
        skips('remediation.key')
          ? ['id']
          : ['project_id', 'run_id', 'attempt', 'action'],
      )
      .ignore()
      .returning('id');
    if (inserted.length > 0) {
      await this.#note(knex, {
        ...{ id, version: 1, state: 'approved', at: now, message: reason },
        ...{ actor: requestedBy, observed: planned },
      });
      this.#changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
      return true;
    }
    const from = await this.find(id, knex);
    return from && canBeginAgain(from)
      ? this.#moveIn(
          knex,
          {
            ...{ from, to: 'approved', reason, actor: requestedBy },
            observed: planned,
            set: { tries: 0 },
          },
          values,
        )
      : false;
  }

  /** Takes one for a worker, with a new fence, unless a kill switch is on or a budget is used up. */
  async claim(
    from: StoredRemediation,
    claim: { owner: string; leaseMs: number; causeId: string },
  ): Promise<Claim> {
    const spent = new Error('spent');
    let reason = '';
    try {
      const isMine = await this.#database.transaction(async knex => {
        const { id: remediationId, projectId, runId } = from;
        const isClaimed = await this.#moveIn(
          knex,
          {
            ...{ from, to: 'claimed', ifNotStopped: true },
            reason: 'The CI system is looked at',
          },
          {
            fence: from.fence + 1,
            lease_owner: writeText(claim.owner, 255),
            lease_until: (await this.#database.now(knex)) + claim.leaseMs,
          },
        );
        const refusal =
          isClaimed &&
          (await this.#budgets.reserve(knex, {
            ...{ remediationId, projectId, runId, causeId: claim.causeId },
          }));
        if (refusal) {
          reason = refusal;
          throw spent;
        }
        return isClaimed;
      });
      const row = isMine ? await this.find(from.id) : undefined;
      return row ? { kind: 'mine', row } : { kind: 'lost' };
    } catch (error) {
      if (error === spent) {
        return { kind: 'spent', reason };
      }
      throw error;
    }
  }

  /** Returns it as it stands after the transition, `undefined` when somebody else changed it meanwhile. */
  async move(move: Move): Promise<StoredRemediation | undefined> {
    const isDone = await this.#database.transaction(knex =>
      this.#moveIn(knex, move),
    );
    const { tries, stage, traces, newAttempt, proven } = move.set ?? {};
    return isDone
      ? {
          ...move.from,
          state: move.to,
          version: move.from.version + 1,
          tries: tries ?? move.from.tries,
          stage: stage ?? move.from.stage,
          traces: traces ?? move.from.traces,
          newAttempt: newAttempt ?? move.from.newAttempt,
          proven: proven ?? move.from.proven,
        }
      : undefined;
  }

  /** The same within a transaction. */
  moveIn(knex: Knex.Transaction, move: Move): Promise<boolean> {
    return this.#moveIn(knex, move);
  }

  /** Those of a run that are not over. */
  async openOf(runId: string): Promise<string[]> {
    return this.#database
      .knex('remediations')
      .where({ run_id: runId })
      .whereNotIn('state', finalRemediationStates)
      .pluck('id');
  }

  /** Those that are not over and did not move for some time. */
  async idleSince(before: number): Promise<string[]> {
    return this.#database
      .knex('remediations')
      .whereNotIn('state', finalRemediationStates)
      .where('updated_at', '<', before)
      .orderBy('updated_at')
      .limit(500)
      .pluck('id');
  }

  async #moveIn(
    knex: Knex.Transaction,
    move: Move,
    more: object = {},
  ): Promise<boolean> {
    const { from, to, reason, actor, observed, set = {} } = move;
    const now = await this.#database.now(knex);
    const { id, state, version, fence } = from;
    const text = writeText(reason, 1_000);
    const updated = await knex('remediations')
      .where(
        skips('remediation.fence') ? { id } : { id, state, version, fence },
      )
      .modify(statement => {
        if (move.ifNotStopped) {
          KillSwitch.letPass(statement);
        }
      })
      .update({
        ...more,
        ...(set.tries !== undefined && { tries: set.tries }),
        ...(set.stage !== undefined && { stage: set.stage }),
        ...(set.traces && { traces: JSON.stringify(set.traces) }),
        ...(set.newAttempt && { new_attempt: set.newAttempt }),
        ...(set.proven && {
          proven_at: set.proven.at,
          proven_reason: writeText(set.proven.reason, 1_000),
        }),
        ...(set.verdict && { verdict: JSON.stringify(set.verdict) }),
        ...{ state: to, version: version + 1, reason: text, updated_at: now },
      });
    if (updated === 0) {
      return false;
    }
    await this.#note(knex, {
      ...{ id, version: version + 1, state: to, at: now },
      ...{ message: text, actor, observed },
    });
    if (finalRemediationStates.includes(to)) {
      await this.#onEnd(knex, move);
    }
    this.#changes.announceAfter(knex, 'ci-medic:incidents', from.incidentId);
    return true;
  }

  async #note(
    knex: Knex.Transaction,
    event: {
      id: string;
      version: number;
      state: RemediationState;
      at: number;
      message: string;
      actor?: string;
      observed?: TreatmentFacts;
    },
  ) {
    const { id, version, state, at, message, actor, observed } = event;
    failpoint('remediation.moving');
    const noted = knex('remediation_events').insert({
      ...{ id: randomUUID(), remediation_id: id, version, state, at, message },
      actor: actor ?? null,
      observed: observed ? JSON.stringify(observed) : null,
    });
    await (skips('remediation.fence')
      ? noted.onConflict(['remediation_id', 'version']).ignore()
      : noted);
  }
}
