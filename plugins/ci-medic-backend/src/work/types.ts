import { Knex } from 'knex';
import { z } from 'zod';

/**
 * Work that somebody waits for comes before the reading of history.
 */
export const workPriority = { background: 0, normal: 1 } as const;

/**
 * Work to put into the queue.
 */
export type WorkRequest<T = unknown> = {
  kind: string;
  /** Names the work within its kind. Work that is already queued under the key is not queued twice. */
  key: string;
  payload: T;
  /**
   * Whose work it is, usually a project id. Lanes take turns, so that one noisy repository cannot starve the others.
   * Work that is enqueued by other work stays in its lane.
   */
  lane?: string;
  /** See {@link workPriority}; `normal` by default. */
  priority?: number;
  /** Milliseconds until it is due; at once by default. */
  delayMs?: number;
  /** Overrides the one of the handler. */
  maxAttempts?: number;
};

/**
 * The transaction in which the outcome of work is written, together with the work being done.
 */
export type WorkTransaction = {
  knex: Knex.Transaction;
  /** It is in the queue when the transaction is committed, and not before its end. */
  enqueue(work: WorkRequest): Promise<void>;
};

/**
 * What work came to. `write` is called in one transaction with marking the work as done; when another worker has the
 * work by now, nothing of it is kept. It may be called again after a conflict and must only use its argument.
 */
export type WorkResult = {
  write?(transaction: WorkTransaction): Promise<void>;
};

/**
 * Work that a worker holds.
 */
export type WorkItem<T> = {
  id: string;
  kind: string;
  key: string;
  lane: string;
  priority: number;
  payload: T;
  /** Counts from 1. Waiting for a rate limit does not count. */
  attempt: number;
  /** Grows with every claim; what an older claim writes is refused. */
  fence: number;
  /** Aborted when the lease is lost or the backend stops. */
  signal: AbortSignal;
};

/**
 * Does one kind of work.
 */
export interface WorkHandler<T = any> {
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  /** How many at the same time in this process. */
  readonly concurrency: number;
  /** How long a claim lasts; it is renewed while the work runs. */
  readonly leaseMs: number;
  readonly maxAttempts: number;
  /**
   * Reads and computes, outside any transaction.
   *
   * @throws InputError or NotFoundError when trying again cannot help, RateLimitedError to wait without counting,
   * anything else to be tried again with growing pauses.
   */
  run(item: WorkItem<T>): Promise<WorkResult>;
  /**
   * Called in the transaction that gives the work up, so that what belongs to it can be marked too.
   */
  onDead?(
    item: Omit<WorkItem<T>, 'signal'>,
    reason: string,
    transaction: WorkTransaction,
  ): Promise<void>;
}
