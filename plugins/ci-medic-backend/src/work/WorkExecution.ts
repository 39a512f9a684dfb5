import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import { failureOf, WorkFailure } from './failureOf';
import { ClaimedWork, WorkClaims } from './WorkClaims';
import { WorkQueue } from './WorkQueue';
import { WorkHandler, WorkItem, WorkRequest, WorkTransaction } from './types';

type Options = {
  work: ClaimedWork;
  /** Absent when this process cannot do this kind of work. */
  handler?: WorkHandler;
  database: CiMedicDatabase;
  queue: WorkQueue;
  claims: WorkClaims;
  logger: LoggerService;
  random?: () => number;
};

/** Thrown to roll back what a worker wrote that does not hold the work any more. */
class LeaseLostError extends Error {}

/**
 * Carries out one claim: keeps the lease, runs the handler, and writes what came of it.
 */
export class WorkExecution {
  readonly #options: Options;
  readonly #abort = new AbortController();
  #settled: Promise<void> = Promise.resolve();
  #renewal?: NodeJS.Timeout;
  /** Time on the monotonic clock of this process at which the lease may be over. */
  #deadline = 0;
  #isQueuedAgain = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves when the work is done, put back, given up or lost. Never rejects. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Whether it is in the queue again and due at once. */
  get isQueuedAgain(): boolean {
    return this.#isQueuedAgain;
  }

  start(): Promise<void> {
    this.#settled = this.#run().catch(error => {
      // The lease will run out, and then somebody else takes over.
      const { work, logger } = this.#options;
      logger.warn(`${nameOf(work)} could not be settled: ${toError(error)}`);
    });
    return this.#settled;
  }

  /** Waits for the end, at most `graceMs`, then aborts and hands the lease back. */
  async stop(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout;
    const grace = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), graceMs);
    });
    const outcome = await Promise.race([this.#settled, grace]);
    clearTimeout(timer!);
    if (outcome === 'late') {
      this.#abort.abort(new Error('The backend stops'));
      await this.#handBack().catch(() => {});
    }
  }

  /** Puts back, or gives up, what a worker left that went away. */
  async abandoned(): Promise<void> {
    const { work } = this.#options;
    const error = new Error('the worker that had it went away');
    await this.#settle(this.#judge(error), work);
  }

  async #run(): Promise<void> {
    const { work, handler, database } = this.#options;
    this.#keepLease();
    try {
      const item = this.#item();
      const result = await handler!.run(item);
      const state = result.write
        ? await database.transaction(async knex => {
            const now = await this.#complete(knex);
            await this.#write(knex, trx => result.write!(trx));
            return now;
          })
        : await this.#complete(database.knex);
      this.#isQueuedAgain = state === 'queued';
    } catch (error) {
      if (error instanceof LeaseLostError) {
        return;
      }
      if (this.#abort.signal.aborted) {
        await this.#handBack();
        return;
      }
      await this.#settle(this.#judge(error), work);
    } finally {
      clearTimeout(this.#renewal);
    }
  }

  async #complete(knex: Knex): Promise<'done' | 'queued'> {
    const { claims, work } = this.#options;
    const state = await claims.complete(knex, work);
    if (!state) {
      throw new LeaseLostError();
    }
    return state;
  }

  #item(): WorkItem<unknown> {
    const { work, handler } = this.#options;
    let payload: unknown;
    try {
      payload = handler!.schema.parse(JSON.parse(work.payload));
    } catch (error) {
      throw new InputError(`The payload is malformed: ${toError(error)}`);
    }
    const { id, kind, key, lane, priority, fence, attempts } = work;
    const { signal } = this.#abort;
    return {
      ...{ id, kind, key, lane, priority, fence, payload, signal },
      attempt: attempts,
    };
  }

  #keepLease() {
    const { work, handler, claims } = this.#options;
    const { leaseMs } = handler!;
    const asked = performance.now();
    this.#deadline ||= asked + leaseMs;
    this.#renewal = setTimeout(async () => {
      const started = performance.now();
      try {
        if (!(await claims.renew(work, leaseMs))) {
          this.#abort.abort(new LeaseLostError('The lease is lost'));
          return;
        }
        this.#deadline = started + leaseMs;
      } catch {
        if (performance.now() > this.#deadline) {
          this.#abort.abort(new LeaseLostError('The lease ran out'));
          return;
        }
      }
      if (!this.#abort.signal.aborted) {
        this.#keepLease();
      }
    }, leaseMs / 3);
  }

  #judge(error: unknown): WorkFailure {
    const { work, handler, random } = this.#options;
    return failureOf({
      error,
      random,
      attempt: work.attempts,
      maxAttempts: work.maxAttempts ?? handler?.maxAttempts ?? Infinity,
      now: Date.now(),
    });
  }

  async #settle(failure: WorkFailure, work: ClaimedWork): Promise<void> {
    const { claims, database, handler, logger } = this.#options;
    if (failure.kind === 'again') {
      await claims.putBack({ work, ...failure });
      logger.info(
        `${nameOf(work)} waits ${Math.round(failure.delayMs / 1000)} s: ${
          failure.reason
        }`,
      );
      return;
    }
    const buried = await database.transaction(async knex => {
      const isBuried = await claims.bury(knex, work, failure.reason);
      if (isBuried) {
        await this.#lament(handler, failure.reason, knex);
      }
      return isBuried;
    });
    if (buried) {
      logger.warn(`${nameOf(work)} was given up: ${failure.reason}`);
    } else {
      // It was asked for again while it failed: the news may cure it.
      await claims.putBack({ work, delayMs: 0, counts: true });
      this.#isQueuedAgain = true;
    }
  }

  async #lament(
    handler: WorkHandler | undefined,
    reason: string,
    knex: Knex.Transaction,
  ): Promise<void> {
    let item: WorkItem<unknown>;
    try {
      item = this.#item();
    } catch {
      return; // Nothing is known of what it was about.
    }
    await this.#write(knex, transaction =>
      handler?.onDead?.(item, reason, transaction),
    );
  }

  async #handBack(): Promise<void> {
    const { claims, work } = this.#options;
    await claims.putBack({ work, delayMs: 0, counts: false });
  }

  /** Lets somebody write, and puts what they ask for into the queue, all in one statement. */
  async #write(
    knex: Knex.Transaction,
    write?: (transaction: WorkTransaction) => Promise<void> | undefined,
  ): Promise<void> {
    const { queue, work } = this.#options;
    const { lane, priority } = work;
    const requests: WorkRequest[] = [];
    await write?.({
      knex,
      enqueue: async request => {
        requests.push({ lane, priority, ...request });
      },
    });
    await queue.enqueue(knex, requests);
  }
}

function nameOf(work: ClaimedWork): string {
  return `${work.kind} ${work.key}`;
}
