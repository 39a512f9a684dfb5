import {
  PlanState,
  RemediationGate,
  RemediationMode,
} from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ChangeFeed } from '../../changes';
import { CiMedicDatabase, readBoolean, writeText } from '../../database';
import { skips } from '../../failpoints';
import { alertsPlan, workFor, WorkQueue } from '../../work';
import { Voice } from '../gates';
import { readPlan, StoredPlan, writePlan } from './StoredPlan';

/** A change of a plan. It is made only if nobody made another one meanwhile. */
export type PlanMove = {
  from: StoredPlan;
  to: PlanState;
  reason: string;
  gates?: RemediationGate[];
  mode?: RemediationMode;
  approvalsNeeded?: number;
};

/** The index `remediation_plans_open` keeps one of these. */
const PROPOSED = `(run_id, attempt, action) where state = 'proposed'`;

/**
 * Plans, and what people said of them.
 */
export class PlanStore {
  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;
  readonly #queue: WorkQueue;

  constructor(options: {
    database: CiMedicDatabase;
    changes: ChangeFeed;
    queue: WorkQueue;
  }) {
    this.#database = options.database;
    this.#queue = options.queue;
    this.#changes = options.changes;
  }

  async find(
    id: string,
    knex: Knex = this.#database.knex,
  ): Promise<StoredPlan | undefined> {
    const row = await knex('remediation_plans').where({ id }).first();
    return row && readPlan(row);
  }

  /** The one that is proposed for a run and an action. */
  async proposed(key: {
    runId: string;
    attempt: number;
    action: string;
  }): Promise<StoredPlan | undefined> {
    const { runId, attempt, action } = key;
    const row = await this.#database
      .knex('remediation_plans')
      .where({ run_id: runId, attempt, action, state: 'proposed' })
      .first();
    return row && readPlan(row);
  }

  /** Newest first. */
  async ofIncident(incidentId: string, limit = 20): Promise<StoredPlan[]> {
    const rows = await this.#database
      .knex('remediation_plans')
      .where({ incident_id: incidentId })
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit);
    return rows.map(readPlan);
  }

  /**
   * Adds a plan in place of those that it replaces. Returns the one that is proposed already when it says the same.
   */
  async add(knex: Knex.Transaction, plan: StoredPlan): Promise<StoredPlan> {
    for (;;) {
      const open = await this.#replacedBy(knex, plan);
      const same = open.find(
        ({ hash, author }) => hash === plan.hash && author === plan.author,
      );
      if (same && plan.state === 'proposed') {
        return same;
      }
      for (const from of open) {
        const reason = 'There is a newer plan';
        await this.moveIn(knex, { from, to: 'superseded', reason });
      }
      const inserted = await knex('remediation_plans')
        .insert(writePlan(plan))
        .modify(insert => {
          if (!skips('remediation.key')) {
            insert.onConflict(knex.raw(PROPOSED) as any).ignore();
          }
        })
        .returning('id');
      if (inserted.length > 0) {
        break;
      }
      // Somebody proposed one at the same moment, and this one has waited for that one: it can be seen now.
    }
    await this.#tell(knex, plan);
    return plan;
  }

  /** Who looks sees it at once; messages show what waits for people. */
  async #tell(knex: Knex.Transaction, plan: StoredPlan): Promise<void> {
    const { incidentId, action, state } = plan;
    this.#changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
    // A rerun has a button without a plan.
    if (state === 'proposed' && action !== 'rerun') {
      await this.#queue.enqueue(knex, workFor(alertsPlan, { incidentId }));
    }
  }

  async #replacedBy(
    knex: Knex.Transaction,
    plan: StoredPlan,
  ): Promise<StoredPlan[]> {
    if (skips('remediation.key')) {
      return [];
    }
    const rows = await knex('remediation_plans')
      .where({ incident_id: plan.incidentId, state: 'proposed' })
      .orWhere({ run_id: plan.runId, state: 'proposed' });
    return rows.map(readPlan).filter(each => replaces(plan, each));
  }

  /** Returns false when somebody else changed it meanwhile. */
  move(move: PlanMove): Promise<boolean> {
    return this.#database.transaction(knex => this.moveIn(knex, move));
  }

  async moveIn(knex: Knex.Transaction, move: PlanMove): Promise<boolean> {
    const { from, to, reason, gates, mode, approvalsNeeded } = move;
    const { id, state, version } = from;
    const updated = await knex('remediation_plans')
      .where({ id, state, version })
      .update({
        ...{ state: to, version: version + 1 },
        reason: writeText(reason, 1_000),
        ...(gates && { gates: JSON.stringify(gates) }),
        ...(mode && { mode }),
        ...(approvalsNeeded !== undefined && {
          approvals_needed: approvalsNeeded,
        }),
      });
    await this.#tell(knex, from);
    return updated > 0;
  }

  /** Those that are proposed although their time is over or their incident is. */
  async outlived(): Promise<{ plan: StoredPlan; isExpired: boolean }[]> {
    const now = await this.#database.now();
    const rows: any[] = await this.#database
      .knex('remediation_plans')
      .join('incidents', 'incidents.id', 'remediation_plans.incident_id')
      .where({ 'remediation_plans.state': 'proposed' })
      .andWhere(builder =>
        builder
          .where('expires_at', '<=', now)
          .orWhere(over =>
            over.where('incidents.state', 'resolved').whereNotNull('strategy'),
          ),
      )
      .limit(500)
      .select('remediation_plans.*');
    return rows.map(row => {
      const plan = readPlan(row);
      return { plan, isExpired: plan.expiresAt <= now };
    });
  }

  /** Says the same again without effect: a person is heard once. */
  async addVoice(planId: string, voice: Voice): Promise<void> {
    await this.#database.transaction(async knex => {
      await knex('remediation_approvals')
        .insert({
          ...{ id: randomUUID(), plan_id: planId, approver: voice.approver },
          ...{ plan_hash: voice.hash, verdict: voice.verdict },
          in_catalog: voice.inCatalog,
          at: await this.#database.now(knex),
        })
        .onConflict(['plan_id', 'approver'])
        .ignore();
    });
  }

  async voices(
    planIds: string[],
  ): Promise<(Voice & { planId: string; at: number })[]> {
    const rows: any[] = await this.#database
      .knex('remediation_approvals')
      .whereIn('plan_id', planIds)
      .orderBy('at');
    return rows.map(row => ({
      planId: row.plan_id,
      approver: row.approver,
      verdict: row.verdict,
      hash: row.plan_hash,
      inCatalog: readBoolean(row.in_catalog),
      at: Number(row.at),
    }));
  }
}

/** A plan of CI Medic replaces its earlier ones for the incident; any replaces one for the same run and action. */
function replaces(plan: StoredPlan, open: StoredPlan): boolean {
  const isSame =
    plan.runId === open.runId &&
    plan.attempt === open.attempt &&
    plan.action === open.action;
  const isOfIncident = plan.incidentId === open.incidentId;
  return isSame || (isOfIncident && !!plan.strategy && !!open.strategy);
}
