import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { CiMedicDatabase, insertInBatches, writeText } from '../database';
import { WorkRequest, workPriority } from './types';

/** The index `work_pending` keeps one of these for each kind and key. */
const PENDING = `(kind, key) where state in ('queued', 'running')`;

/**
 * The durable queue that carries a failure from step to step.
 *
 * @remarks
 *
 * There is at most one pending item for a kind and a key. Asking again for what is queued changes its payload and at
 * most its priority; asking again for what is running makes it run once more afterwards, because nobody knows how much
 * of the news it has seen.
 */
export class WorkQueue {
  static create(options: { database: CiMedicDatabase }): WorkQueue {
    return new WorkQueue(options.database);
  }

  readonly #database: CiMedicDatabase;
  readonly #listeners = new Set<(kinds: string[]) => void>();

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /**
   * Adds work as a part of `transaction`. Runners of this process hear of it when the transaction is committed.
   */
  async enqueue(
    transaction: Knex.Transaction,
    work: WorkRequest | WorkRequest[],
  ): Promise<void> {
    const requests = [work].flat();
    if (requests.length === 0) {
      return;
    }
    const now = this.#database.nowExpression();
    // In the order of the index, so that two transactions cannot wait for each other.
    const rows = [...uniqueRequests(requests)]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, item]) => ({
        id: randomUUID(),
        kind: item.kind,
        key: item.key,
        lane: writeText(item.lane ?? '', 255),
        payload: JSON.stringify(item.payload),
        state: 'queued',
        priority: item.priority ?? workPriority.normal,
        max_attempts: item.maxAttempts ?? null,
        due_at: transaction.raw('? + ?', [now, item.delayMs ?? 0]),
        created_at: now,
      }));
    await insertInBatches({
      knex: transaction,
      table: 'work',
      rows,
      refine: insert =>
        insert.onConflict(transaction.raw(PENDING) as any).merge({
          again: transaction.raw(`work.again or work.state = 'running'`),
          payload: transaction.raw('excluded.payload'),
          priority: transaction.raw(
            'case when excluded.priority > work.priority then excluded.priority else work.priority end',
          ),
          due_at: transaction.raw(
            'case when excluded.due_at < work.due_at then excluded.due_at else work.due_at end',
          ),
        }),
    });
    this.announceAfter(
      transaction,
      rows.map(row => row.kind),
    );
  }

  /** Tells the runners of this process about kinds of work when `transaction` is committed. */
  announceAfter(transaction: Knex.Transaction, kinds: string[]): void {
    transaction.executionPromise.then(
      () => this.#announce([...new Set(kinds)]),
      () => {},
    );
  }

  /** Calls `listener` with the kinds of work that this process has put into the queue. */
  onEnqueued(listener: (kinds: string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(kinds: string[]) {
    for (const listener of this.#listeners) {
      listener(kinds);
    }
  }
}

/** What was asked for twice becomes one, with the later payload, due when the first is and as urgent as the most urgent. */
function uniqueRequests(requests: WorkRequest[]): Map<string, WorkRequest> {
  const unique = new Map<string, WorkRequest>();
  for (const request of requests) {
    const name = `${request.kind} ${request.key}`;
    const known = unique.get(name);
    unique.set(name, {
      ...request,
      ...(known && {
        delayMs: Math.min(known.delayMs ?? 0, request.delayMs ?? 0),
        priority: Math.max(
          known.priority ?? workPriority.normal,
          request.priority ?? workPriority.normal,
        ),
      }),
    });
  }
  return unique;
}
