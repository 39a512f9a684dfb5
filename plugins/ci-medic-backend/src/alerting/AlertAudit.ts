import { AuditorService } from '@backstage/backend-plugin-api';
import {
  Alert,
  AlertActionKind,
  AlertActionResult,
} from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import { CiMedicDatabase, readText, readTime, writeText } from '../database';

const MOST_SHOWN = 20;

/** A press of a button, and what became of it. */
export type AuditedPress = AlertActionResult & {
  pressId: string;
  /** Where it was pressed. */
  via: string;
  /** Who pressed it, in the terms of that place. */
  person: string;
  /** The same in the catalog. */
  actor?: string;
  actionId?: string;
  alertId?: string;
  incidentId?: string;
  kind?: AlertActionKind;
};

/**
 * Keeps account of every press of a button, in a table that only grows and in Backstage's audit log.
 */
export class AlertAudit {
  readonly #database: CiMedicDatabase;
  readonly #auditor: AuditorService;

  constructor(options: { database: CiMedicDatabase; auditor: AuditorService }) {
    this.#database = options.database;
    this.#auditor = options.auditor;
  }

  /** What became of a press that was settled before. */
  async find(pressId: string): Promise<AlertActionResult | undefined> {
    const row = await this.#database
      .knex('alert_audit')
      .where({ press_id: pressId })
      .first('outcome', 'message');
    return row && { outcome: row.outcome, message: row.message };
  }

  async add(press: AuditedPress): Promise<AlertActionResult> {
    const { pressId, via, person, actor, outcome, message } = press;
    const { actionId, alertId, incidentId, kind } = press;
    await this.#database
      .knex('alert_audit')
      .insert({
        ...{ id: randomUUID(), press_id: pressId, via, outcome },
        at: this.#database.nowExpression(),
        action_id: actionId ?? null,
        alert_id: alertId ?? null,
        incident_id: incidentId ?? null,
        kind: kind ?? null,
        person: writeText(person, 255),
        actor: writeText(actor, 255),
        message: writeText(message, 1_000),
      })
      .onConflict('press_id')
      .ignore();
    const event = await this.#auditor.createEvent({
      eventId: 'alert-button',
      severityLevel: outcome === 'done' ? 'medium' : 'high',
      meta: { actionType: kind, via, person, actor, alertId, incidentId },
    });
    await (outcome === 'done'
      ? event.success({ meta: { message } })
      : event.fail({ error: new Error(message) }));
    return { outcome, message };
  }

  /** Presses of buttons of some messages, newest first. */
  async list(alertIds: string[]): Promise<Map<string, Alert['presses']>> {
    const rows = await this.#database
      .knex('alert_audit')
      .whereIn('alert_id', alertIds)
      .whereNotNull('kind')
      .orderBy('at', 'desc')
      .limit(MOST_SHOWN * Math.max(1, alertIds.length));
    const presses = new Map<string, Alert['presses']>();
    for (const row of rows) {
      const { kind, via, outcome, message } = row;
      presses.set(row.alert_id, [
        ...(presses.get(row.alert_id) ?? []),
        {
          ...{ kind, via, outcome, message },
          at: readTime(row.at)!,
          actor: readText(row.actor),
        },
      ]);
    }
    return presses;
  }
}
