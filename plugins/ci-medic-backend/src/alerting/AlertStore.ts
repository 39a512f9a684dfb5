import { AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  readJson,
  readNumber,
  readText,
  stableId,
  writeText,
} from '../database';
import { AlertActionStore } from './AlertActionStore';
import { AlertNoteStore, WantedNote } from './AlertNoteStore';
import { OpenPlan } from './AlertPorts';
import { formatTime } from './formatTime';

/** A message that should reach a destination. */
export type WantedAlert = {
  incidentId: string;
  channel: string;
  destination: string;
  because: string;
  /** Stands for the turning point: as long as it is the same, the message stays as it is. */
  turnKey: string;
  message: Omit<AlertMessage, 'actions'>;
  /** Buttons to offer. */
  kinds: AlertActionKind[];
  /** What the button `approve` agrees to. */
  plan?: OpenPlan;
  /** The failure that the message tells of, in epoch milliseconds. */
  toldAt: number;
  /** Whether to send it when there was none before. */
  isNewsworthy: boolean;
  /** What belongs below it; absent where there are no threads. */
  notes?: WantedNote[];
};

/** A message as it stands. Times are epoch milliseconds. */
export type StoredAlert = {
  id: string;
  incidentId: string;
  channel: string;
  destination: string;
  message: AlertMessage;
  wantedHash: string;
  isSent: boolean;
  /** Stands for what it said last. */
  sentHash?: string;
  /** Its sending was begun before. */
  wasTried: boolean;
  externalId?: string;
  mutedUntil?: number;
};

/**
 * Messages with what they should say and what they said last.
 */
export class AlertStore {
  readonly #database: CiMedicDatabase;
  readonly #actions: AlertActionStore;
  readonly #notes: AlertNoteStore;

  constructor(options: {
    database: CiMedicDatabase;
    actions: AlertActionStore;
    notes: AlertNoteStore;
  }) {
    this.#database = options.database;
    this.#actions = options.actions;
    this.#notes = options.notes;
  }

  /** The one message of an incident in a place. */
  static idOf(incidentId: string, channel: string, destination: string) {
    return stableId(incidentId, channel, destination);
  }

  /** When each message of an incident was told first, by its id. */
  async toldAt(incidentId: string): Promise<Map<string, number>> {
    const rows = await this.#database
      .knex('alerts')
      .where({ incident_id: incidentId })
      .select('id', 'told_at', 'created_at');
    return new Map(
      rows.map(row => [row.id, readNumber(row.told_at ?? row.created_at)!]),
    );
  }

  /**
   * Says what should reach destinations. Returns the ids of the messages that have to be sent or changed.
   */
  async want(knex: Knex.Transaction, wanted: WantedAlert[]): Promise<string[]> {
    const stale: string[] = [];
    for (const alert of wanted) {
      const { incidentId, channel, destination } = alert;
      const id = AlertStore.idOf(incidentId, channel, destination);
      const before = await knex('alerts').where({ id }).first();
      if (!before && !alert.isNewsworthy) {
        continue;
      }
      const isTurned =
        before?.turn_key !== alert.turnKey &&
        (await this.#turn(knex, id, alert));
      const now = await this.#database.now(knex);
      const isMuted = (readNumber(before?.muted_until) ?? 0) > now;
      const hasNotes = await this.#notes.add(knex, id, alert.notes ?? [], {
        isMuted,
      });
      if (isTurned || hasNotes) {
        stale.push(id);
      }
    }
    return stale;
  }

  async find(id: string): Promise<StoredAlert | undefined> {
    const row = await this.#database.knex('alerts').where({ id }).first();
    return (
      row && {
        id,
        incidentId: row.incident_id,
        channel: row.channel,
        destination: row.destination,
        message: readJson<AlertMessage>(row.message)!,
        wantedHash: row.wanted_hash,
        isSent: row.sent_hash === row.wanted_hash,
        sentHash: readText(row.sent_hash),
        wasTried: row.posting_at !== null,
        externalId: readText(row.external_id),
        mutedUntil: readNumber(row.muted_until),
      }
    );
  }

  /** Notes that a message is about to be sent for the first time. */
  async markBegun(id: string): Promise<void> {
    await this.#database
      .knex('alerts')
      .where({ id })
      .update({ posting_at: this.#database.nowExpression() });
  }

  /**
   * Notes that a message says what `hash` stands for. Returns false when somebody else changed it meanwhile, so that
   * nobody knows what it says.
   */
  async markSent(
    { id, sentHash }: StoredAlert,
    sent: { hash: string; externalId: string },
  ): Promise<boolean> {
    const { knex } = this.#database;
    const updated = await knex('alerts')
      .where({ id, sent_hash: sentHash ?? null })
      .update({
        sent_hash: sent.hash,
        external_id: writeText(sent.externalId, 1_000),
        sent_at: this.#database.nowExpression(),
        reason: null,
        state: knex.raw(
          `case when wanted_hash = ? then 'sent' else 'waiting' end`,
          [sent.hash],
        ),
      });
    return updated === 1;
  }

  /** Notes that a message says what it should, and has below it what it should. */
  async markComplete(knex: Knex, id: string): Promise<void> {
    await knex('alerts')
      .where({ id })
      .whereRaw('sent_hash = wanted_hash')
      .update({ state: 'sent', reason: null });
  }

  /** Notes why a message is not what it should be. */
  async markUnsent(
    knex: Knex,
    id: string,
    state: 'waiting' | 'failed' | 'preview',
    reason: string,
  ): Promise<void> {
    await knex('alerts')
      .where({ id })
      .update({ state, reason: writeText(reason, 1_000) });
  }

  /** Tells nothing new in the place of a message until then. */
  async mute(id: string, options: { until: number; by: string }) {
    await this.#database
      .knex('alerts')
      .where({ id })
      .update({
        muted_until: options.until,
        muted_by: writeText(options.by, 255),
      });
  }

  /** Has a message composed anew with the next plan, even if nothing turned. */
  async outdate(knex: Knex.Transaction, id: string): Promise<void> {
    await knex('alerts').where({ id }).update({ turn_key: null });
  }

  /** Writes what a message should say now. Returns whether that is something else than it said. */
  async #turn(knex: Knex.Transaction, id: string, alert: WantedAlert) {
    const { incidentId, channel, destination, kinds, plan } = alert;
    const before = await knex('alerts').where({ id }).first();
    const now = await this.#database.now(knex);
    const quiet = quietOf(before, now);
    const actions = await this.#actions.offer(
      knex,
      { id, incidentId, plan },
      quiet ? kinds.filter(kind => kind !== 'mute') : kinds,
    );
    const message: AlertMessage = {
      ...alert.message,
      next: [...alert.message.next, ...(quiet ? [quiet] : [])],
      actions,
    };
    const hash = stableId(JSON.stringify(message));
    const isStale = before?.sent_hash !== hash;
    const row = {
      because: writeText(alert.because, 1_000),
      entity_refs: JSON.stringify(message.entityRefs),
      message: JSON.stringify(message),
      wanted_hash: hash,
      turn_key: alert.turnKey,
    };
    await knex('alerts')
      .insert({
        ...{ id, incident_id: incidentId, channel, destination },
        ...row,
        state: 'waiting',
        told_at: alert.toldAt,
        created_at: now,
      })
      .onConflict('id')
      .merge({ ...row, ...(isStale && { state: 'waiting', reason: null }) });
    return isStale;
  }
}

/** Says that nothing new is told in the place of a message. */
function quietOf(row: any, now: number): string | undefined {
  const until = readNumber(row?.muted_until) ?? 0;
  return until > now
    ? `Nothing new is told here until ${formatTime(until)}, as ${
        row.muted_by
      } wants it.`
    : undefined;
}
