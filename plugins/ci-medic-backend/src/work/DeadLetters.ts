import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { DeadLetter, Page, Status } from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readNumber, readTime, readText } from '../database';
import { WorkQueue } from './WorkQueue';

/**
 * What operators see of the queue: how much there is of each kind, what was given up and why, and a way to run it again.
 */
export class DeadLetters {
  static create(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
  }): DeadLetters {
    return new DeadLetters(options.database, options.queue);
  }

  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  private constructor(database: CiMedicDatabase, queue: WorkQueue) {
    this.#database = database;
    this.#queue = queue;
  }

  /** Newest first. The cursor is the time and id of the last one. */
  async list(query: {
    cursor?: string;
    limit?: number;
  }): Promise<Page<DeadLetter>> {
    const limit = query.limit ?? 20;
    const select = this.#database
      .knex('work')
      .where({ state: 'dead' })
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit + 1);
    if (query.cursor) {
      const [at, id] = query.cursor.split('_');
      if (!/^\d{1,16}$/.test(at) || !id) {
        throw new InputError('The cursor is not one that this API gave out');
      }
      select.whereRaw('(finished_at, id) < (?, ?)', [Number(at), id]);
    }
    const rows = await select;
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map(row => ({
        id: row.id,
        kind: row.kind,
        key: row.key,
        reason: readText(row.last_error) ?? 'unknown',
        attempts: row.attempts,
        createdAt: readTime(row.created_at)!,
        failedAt: readTime(row.finished_at)!,
        redrivenAt: readTime(row.redriven_at),
      })),
      nextCursor: last && `${last.finished_at}_${last.id}`,
    };
  }

  /**
   * Puts work that was given up back into the queue, with all of its attempts.
   *
   * @throws NotFoundError when there is no such dead letter, ConflictError when the same work is waiting already.
   */
  async redrive(id: string): Promise<void> {
    await this.#database.transaction(async knex => {
      const row = await knex('work').where({ id, state: 'dead' }).first();
      if (!row) {
        throw new NotFoundError(`There is no dead letter ${id}`);
      }
      const pending = await knex('work')
        .where({ kind: row.kind, key: row.key })
        .whereIn('state', ['queued', 'running'])
        .first('id');
      if (pending) {
        throw new ConflictError(
          `${row.kind} ${row.key} is in the queue already`,
        );
      }
      await knex('work').where({ id, state: 'dead' }).update({
        state: 'queued',
        attempts: 0,
        due_at: this.#database.nowExpression(),
        redriven_at: this.#database.nowExpression(),
        finished_at: null,
      });
      this.#queue.announceAfter(knex, [row.kind]);
    });
  }

  /** How much work there is of each kind. */
  async count(): Promise<Status['work']> {
    const now = await this.#database.now();
    const rows: any[] = await this.#database
      .knex('work')
      .whereIn('state', ['queued', 'running', 'dead'])
      .groupBy('kind', 'state')
      .select('kind', 'state')
      .count({ count: '*' })
      .min({ due: 'due_at' });
    const kinds = [...new Set(rows.map(row => String(row.kind)))].sort();
    return kinds.map(kind => {
      const of = (state: string) =>
        rows.find(row => row.kind === kind && row.state === state);
      const due = readNumber(of('queued')?.due);
      return {
        kind,
        queued: readNumber(of('queued')?.count) ?? 0,
        running: readNumber(of('running')?.count) ?? 0,
        dead: readNumber(of('dead')?.count) ?? 0,
        oldestDueMs: due !== undefined && due <= now ? now - due : undefined,
      };
    });
  }
}
