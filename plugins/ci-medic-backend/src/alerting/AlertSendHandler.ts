import { ConflictError, toError } from '@backstage/errors';
import { AlertChannel, RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../database';
import { failpoint } from '../failpoints';
import {
  alertsSend,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { AlertNoteStore } from './AlertNoteStore';
import { AlertStore, StoredAlert } from './AlertStore';
import { ChannelRegistry } from './ChannelRegistry';
import { formatTime } from './formatTime';

type Payload = { alertId: string };

/**
 * Sends a message, or changes the one that was sent, and then what belongs below it. The queue carries one item for a
 * message at a time, so that what turned first is told first.
 *
 * @remarks
 *
 * That a message is about to be sent is written down before. Who finds that and no message has to look whether it is
 * there, because the sending may have got through.
 */
export class AlertSendHandler implements WorkHandler<Payload> {
  readonly kind = alertsSend.kind;
  readonly schema = alertsSend.schema;
  readonly concurrency = 4;
  readonly leaseMs = 30_000;
  /** With growing pauses this is more than half a day. */
  readonly maxAttempts = 100;

  readonly #database: CiMedicDatabase;
  readonly #alerts: AlertStore;
  readonly #notes: AlertNoteStore;
  readonly #channels: ChannelRegistry;

  constructor(options: {
    database: CiMedicDatabase;
    alerts: AlertStore;
    notes: AlertNoteStore;
    channels: ChannelRegistry;
  }) {
    this.#database = options.database;
    this.#alerts = options.alerts;
    this.#notes = options.notes;
    this.#channels = options.channels;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const alert = await this.#alerts.find(payload.alertId);
    if (!alert) {
      return {};
    }
    try {
      const channel = this.#channels.get(alert.channel);
      if (channel.notConnected) {
        await this.#mark(alert, 'preview', channel.notConnected);
        return {};
      }
      const externalId = await this.#say(channel, alert, signal);
      await this.#reply(channel, alert, externalId, signal);
      return { write: ({ knex }) => this.#alerts.markComplete(knex, alert.id) };
    } catch (error) {
      if (!signal.aborted) {
        await this.#mark(alert, 'waiting', toError(error).message);
      }
      throw error;
    }
  }

  async onDead(
    { payload }: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    await this.#alerts.markUnsent(knex, payload.alertId, 'failed', reason);
  }

  /** Makes the message say what it should. */
  async #say(
    channel: AlertChannel,
    alert: StoredAlert,
    signal: AbortSignal,
  ): Promise<string> {
    const { id, destination, message, wantedHash: hash, wasTried } = alert;
    if (alert.isSent && alert.externalId !== undefined) {
      return alert.externalId;
    }
    await this.#waitWhileMuted(channel, alert);
    if (alert.externalId === undefined && !wasTried) {
      await this.#alerts.markBegun(id);
    }
    const { externalId } = await channel.send({
      ...{ destination, message, signal, alertId: id, wasTried },
      externalId: alert.externalId,
    });
    failpoint('alerts.sent');
    if (!(await this.#alerts.markSent(alert, { hash, externalId }))) {
      throw new ConflictError('Somebody else changed the message meanwhile');
    }
    return externalId;
  }

  /** Where a changed message is news, it has to wait for the end of the quiet. */
  async #waitWhileMuted(channel: AlertChannel, alert: StoredAlert) {
    const until = alert.mutedUntil ?? 0;
    if (!channel.reply && until > (await this.#database.now())) {
      throw new RateLimitedError(
        `Nothing new is told here until ${formatTime(until)}`,
        new Date(until),
      );
    }
  }

  async #reply(
    channel: AlertChannel,
    { id, destination }: StoredAlert,
    externalId: string,
    signal: AbortSignal,
  ) {
    for (;;) {
      const reply = channel.reply && (await this.#notes.gather(id));
      if (!reply) {
        return;
      }
      await channel.reply!({ ...reply, destination, externalId, signal });
      failpoint('alerts.replied');
      await this.#notes.markSent(reply.replyId);
    }
  }

  async #mark(
    { id }: StoredAlert,
    state: 'waiting' | 'preview',
    reason: string,
  ) {
    await this.#alerts.markUnsent(this.#database.knex, id, state, reason);
  }
}
