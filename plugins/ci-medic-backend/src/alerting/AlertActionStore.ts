import { AlertAction, AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { randomBytes } from 'crypto';
import { Knex } from 'knex';
import { CiMedicDatabase, readNumber, readText, writeText } from '../database';
import { OpenPlan } from './AlertPorts';
import { plainText } from './plainText';

const TITLE_LENGTH = 100;
const SENTENCE_LENGTH = 1_000;

/** A button as it is stored. Times are epoch milliseconds. */
export type StoredAction = {
  id: string;
  alertId: string;
  incidentId: string;
  kind: AlertActionKind;
  /** What `approve` agrees to. */
  plan?: { id: string; hash: string };
  expiresAt: number;
  usedFor?: string;
  usedBy?: string;
};

/**
 * The buttons of messages. What one does is known here only; outside it is a random id.
 */
export class AlertActionStore {
  readonly #database: CiMedicDatabase;
  readonly #expiryMs: number;

  constructor(options: { database: CiMedicDatabase; expiryMs: number }) {
    this.#database = options.database;
    this.#expiryMs = options.expiryMs;
  }

  /** Buttons of these kinds for a message: those that are still good, and new ones for the rest. */
  async offer(
    knex: Knex.Transaction,
    alert: { id: string; incidentId: string; plan?: OpenPlan },
    kinds: AlertActionKind[],
  ): Promise<AlertAction[]> {
    const now = await this.#database.now(knex);
    const good = await this.#good(knex, [alert.id], now);
    const actions: AlertAction[] = [];
    for (const kind of kinds) {
      const plan = kind === 'approve' ? alert.plan : undefined;
      const known = good.find(
        row => row.kind === kind && readText(row.plan_hash) === plan?.hash,
      );
      const id: string = known?.id ?? randomBytes(18).toString('base64url');
      if (!known) {
        await knex('alert_actions').insert({
          ...{ id, alert_id: alert.id, incident_id: alert.incidentId, kind },
          ...{ created_at: now, expires_at: now + this.#expiryMs },
          ...{ plan_id: plan?.id ?? null, plan_hash: plan?.hash ?? null },
        });
      }
      actions.push({ id, kind, ...(plan && { plan: shown(plan) }) });
    }
    return actions;
  }

  /** Ids of those of some messages that are good now. */
  async goodIds(alertIds: string[]): Promise<Set<string>> {
    const { knex } = this.#database;
    const now = await this.#database.now();
    return new Set((await this.#good(knex, alertIds, now)).map(row => row.id));
  }

  async find(id: string): Promise<StoredAction | undefined> {
    const row = await this.#database
      .knex('alert_actions')
      .where({ id: writeText(id, 32) })
      .first();
    return (
      row && {
        id: row.id,
        alertId: row.alert_id,
        incidentId: row.incident_id,
        kind: row.kind,
        ...(row.plan_id && { plan: { id: row.plan_id, hash: row.plan_hash } }),
        expiresAt: readNumber(row.expires_at)!,
        usedFor: readText(row.used_for),
        usedBy: readText(row.used_by),
      }
    );
  }

  /**
   * Uses a button up for a press. The same press gets it again, so that what was interrupted can go on; any other one
   * is too late.
   */
  async use(
    id: string,
    press: { pressId: string; actor: string },
  ): Promise<boolean> {
    const { pressId, actor } = press;
    return this.#database.transaction(async knex => {
      const updated = await knex('alert_actions')
        .where({ id })
        .where(where =>
          where.whereNull('used_for').orWhere({ used_for: pressId }),
        )
        .update({
          used_for: pressId,
          used_by: writeText(actor, 255),
          used_at: this.#database.nowExpression(),
        });
      return updated === 1;
    });
  }

  /** Gives a button back after a press that came to nothing. */
  async giveBack(id: string, pressId: string): Promise<void> {
    await this.#database
      .knex('alert_actions')
      .where({ id, used_for: pressId })
      .update({ used_for: null, used_by: null, used_at: null });
  }

  #good(
    knex: Knex,
    alertIds: string[],
    now: number,
  ): Promise<{ id: string; kind: AlertActionKind; plan_hash: unknown }[]> {
    return knex('alert_actions')
      .whereIn('alert_id', alertIds)
      .whereNull('used_for')
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .select('id', 'kind', 'plan_hash');
  }
}

/** What of a plan stands on its button. */
function shown(plan: OpenPlan): AlertAction['plan'] {
  const { approvalsNeeded, approvals } = plan;
  return {
    title: plainText(plan.title, TITLE_LENGTH),
    what: plainText(plan.what, SENTENCE_LENGTH),
    worstCase: plainText(plan.worstCase, SENTENCE_LENGTH),
    ...{ approvalsNeeded, approvals },
  };
}
