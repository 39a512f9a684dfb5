import { Alert } from '@ci-medic/plugin-ci-medic-common';
import { AlertNote } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  readJson,
  readTime,
  stableId,
} from '../database';

const MOST_IN_REPLY = 10;
const MOST_SHOWN = 50;

/** A note that should be below a message. `key` names it within the message. */
export type WantedNote = { key: string; at: number; note: AlertNote };

/** What goes into one reply. */
export type Reply = {
  replyId: string;
  wasTried: boolean;
  notes: AlertNote[];
  more: number;
};

/**
 * What belongs below messages.
 */
export class AlertNoteStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Adds what is not there yet. Returns whether there was any. */
  async add(
    knex: Knex.Transaction,
    alertId: string,
    wanted: WantedNote[],
    options: { isMuted: boolean },
  ): Promise<boolean> {
    const rows = wanted.map(({ key, at, note }) => ({
      ...{ id: stableId(alertId, key), alert_id: alertId, at },
      body: JSON.stringify(note),
      state: options.isMuted ? 'muted' : 'waiting',
    }));
    const known: string[] = await knex('alert_notes')
      .whereIn(
        'id',
        rows.map(({ id }) => id),
      )
      .pluck('id');
    const added = rows.filter(({ id }) => !known.includes(id));
    await insertInBatches({
      ...{ knex, table: 'alert_notes', rows: added },
      refine: insert => insert.onConflict('id').ignore(),
    });
    return added.length > 0 && !options.isMuted;
  }

  /**
   * Gathers what waits into one reply, and writes down that it is about to be sent. A reply that was begun before comes
   * first, as it was.
   */
  async gather(alertId: string): Promise<Reply | undefined> {
    return this.#database.transaction(async knex => {
      const rows = await knex('alert_notes')
        .where({ alert_id: alertId, state: 'waiting' })
        .orderBy(['at', 'id']);
      if (rows.length === 0) {
        return undefined;
      }
      const begun = rows.filter(({ reply_id: id }) => id !== null);
      const replyId: string = begun[0]?.reply_id ?? rows[0].id;
      const inIt =
        begun.length > 0
          ? begun.filter(({ reply_id: id }) => id === replyId)
          : rows;
      if (begun.length === 0) {
        await knex('alert_notes')
          .where({ alert_id: alertId, state: 'waiting' })
          .update({ reply_id: replyId });
      }
      const notes = inIt.map(row => readJson<AlertNote>(row.body)!);
      return {
        replyId,
        wasTried: begun.length > 0,
        notes: notes.slice(0, MOST_IN_REPLY),
        more: Math.max(0, notes.length - MOST_IN_REPLY),
      };
    });
  }

  async markSent(replyId: string): Promise<void> {
    await this.#database
      .knex('alert_notes')
      .where({ reply_id: replyId })
      .update({ state: 'sent' });
  }

  /** The latest of some messages, oldest first. */
  async list(alertIds: string[]): Promise<Map<string, Alert['notes']>> {
    const rows = await this.#database
      .knex('alert_notes')
      .whereIn('alert_id', alertIds)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(MOST_SHOWN * Math.max(1, alertIds.length));
    const notes = new Map<string, Alert['notes']>();
    for (const row of rows.reverse()) {
      const of = notes.get(row.alert_id) ?? [];
      of.push({
        at: readTime(row.at)!,
        text: readJson<AlertNote>(row.body)!.text,
        state: row.state,
      });
      notes.set(row.alert_id, of);
    }
    return notes;
  }
}
