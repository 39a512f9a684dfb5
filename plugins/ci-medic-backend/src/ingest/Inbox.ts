import { Status } from '@ci-medic/plugin-ci-medic-common';
import { VerifiedDelivery } from '@ci-medic/plugin-ci-medic-node';
import { createHash, randomUUID } from 'crypto';
import { Knex } from 'knex';
import { CiMedicDatabase, writeText } from '../database';
import { failpoint } from '../failpoints';
import { ingestDelivery, workFor, WorkQueue } from '../work';

/**
 * A delivery as it was stored.
 */
export type StoredDelivery = {
  id: string;
  provider: string;
  event: string;
  /** Absent when retention dropped it. */
  body?: Buffer;
  state: 'received' | 'processed' | 'ignored' | 'dead';
};

/**
 * Where deliveries are made durable before they are answered. A delivery is known by its provider and its id.
 */
export class Inbox {
  static create(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
  }): Inbox {
    return new Inbox(options.database, options.queue);
  }

  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  private constructor(database: CiMedicDatabase, queue: WorkQueue) {
    this.#database = database;
    this.#queue = queue;
  }

  /**
   * Stores a delivery together with the work of reading it. When this resolves, both are committed.
   *
   * @returns `conflict` for a repeated id whose body is another one; like a `duplicate` it changes nothing.
   */
  async store(options: {
    provider: string;
    delivery: VerifiedDelivery;
    body: Buffer;
  }): Promise<'stored' | 'duplicate' | 'conflict'> {
    const { provider, delivery, body } = options;
    const id = randomUUID();
    const sha256 = createHash('sha256').update(body).digest('hex');
    const deliveryId = writeText(delivery.deliveryId, 255);
    return this.#database.transaction(async knex => {
      const inserted = await knex('inbox')
        .insert({
          id,
          provider,
          delivery_id: deliveryId,
          event: writeText(delivery.event, 255),
          hook_id: writeText(delivery.hookId, 255),
          received_at: this.#database.nowExpression(),
          body_sha256: sha256,
          body,
          state: 'received',
        })
        .onConflict(['provider', 'delivery_id'])
        .ignore()
        .returning('id');
      if (inserted.length === 0) {
        const known = await knex('inbox')
          .where({ provider, delivery_id: deliveryId })
          .first('body_sha256');
        return known?.body_sha256 === sha256 ? 'duplicate' : 'conflict';
      }
      await this.#queue.enqueue(
        knex,
        workFor(ingestDelivery, { inboxId: id }, { lane: delivery.hookId }),
      );
      failpoint('inbox.committing');
      return 'stored';
    });
  }

  async get(id: string): Promise<StoredDelivery | undefined> {
    const row = await this.#database.knex('inbox').where({ id }).first();
    return (
      row && {
        id: row.id,
        provider: row.provider,
        event: row.event,
        body: row.body ?? undefined,
        state: row.state,
      }
    );
  }

  /** Says what became of a delivery. */
  async finish(options: {
    knex: Knex;
    id: string;
    state: 'processed' | 'ignored' | 'dead';
    reason?: string;
  }): Promise<void> {
    const { knex, id, state, reason } = options;
    await knex('inbox')
      .where({ id })
      .update({
        state,
        reason: writeText(reason, 4_000),
        finished_at: this.#database.nowExpression(),
      });
  }

  /** Deliveries by what became of them. They add up, because they are counted in one statement. */
  async count(): Promise<Status['deliveries']> {
    const rows: any[] = await this.#database
      .knex('inbox')
      .groupBy('state')
      .select('state')
      .count({ count: '*' });
    const of = (state: string) =>
      Number(rows.find(row => row.state === state)?.count ?? 0);
    const counts = {
      processed: of('processed'),
      ignored: of('ignored'),
      dead: of('dead'),
      pending: of('received'),
    };
    const { processed, ignored, dead, pending } = counts;
    return { received: processed + ignored + dead + pending, ...counts };
  }
}
