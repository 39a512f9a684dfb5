import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { CiMedicDatabase } from '../database';
import { ClaimedWork, WorkClaims } from './WorkClaims';
import { WorkExecution } from './WorkExecution';
import { WorkQueue } from './WorkQueue';
import { WorkHandler } from './types';

const EXPIRED_BATCH = 100;

type Station = {
  handler: WorkHandler;
  running: Map<string, WorkExecution>;
  claiming?: Promise<void>;
  calledMeanwhile: boolean;
  /** Nothing was due when it looked last, and nobody has called since. */
  isEmpty: boolean;
};

/**
 * Claims work for the handlers of this process and carries it out. Any number of processes may run one on the same
 * database.
 */
export class WorkRunner {
  static create(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
    handlers: WorkHandler[];
    logger: LoggerService;
    /** Id of this process; made up by default. */
    owner?: string;
    /** How often to look for work that fell due or that another process enqueued. 1 s by default. */
    pollIntervalMs?: number;
    /** For the spread of pauses. */
    random?: () => number;
  }): WorkRunner {
    return new WorkRunner(options);
  }

  readonly owner: string;
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;
  readonly #claims: WorkClaims;
  readonly #logger: LoggerService;
  readonly #stations: Map<string, Station>;
  readonly #pollIntervalMs: number;
  readonly #random?: () => number;
  #timer?: NodeJS.Timeout;
  #polling?: Promise<void>;
  #unsubscribe?: () => void;
  #stopping = false;

  private constructor(options: Parameters<typeof WorkRunner.create>[0]) {
    this.owner = options.owner ?? randomUUID();
    this.#database = options.database;
    this.#queue = options.queue;
    this.#claims = WorkClaims.create({
      database: options.database,
      owner: this.owner,
    });
    this.#logger = options.logger;
    this.#pollIntervalMs = options.pollIntervalMs ?? 1_000;
    this.#random = options.random;
    this.#stations = new Map(
      options.handlers.map(handler => [
        handler.kind,
        { handler, running: new Map(), calledMeanwhile: false, isEmpty: false },
      ]),
    );
    if (this.#stations.size !== options.handlers.length) {
      throw new Error('Two handlers are there for the same kind of work');
    }
  }

  start(): void {
    this.#unsubscribe = this.#queue.onEnqueued(kinds =>
      kinds.forEach(kind => this.#call(kind)),
    );
    this.#poll();
  }

  /**
   * Stops claiming, gives running work `graceMs` to finish, then aborts it and hands its leases back, so that another
   * process can go on at once.
   */
  async stop(options?: { graceMs?: number }): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
    await this.#polling;
    const stations = [...this.#stations.values()];
    await Promise.all(stations.map(station => station.claiming));
    const running = stations.flatMap(({ running: executions }) => [
      ...executions.values(),
    ]);
    const grace = options?.graceMs ?? 5_000;
    await Promise.all(running.map(execution => execution.stop(grace)));
  }

  /** Resolves when nothing is due and nothing runs any more. Work that waits for a later time is left. */
  async idle(): Promise<void> {
    for (;;) {
      const stations = [...this.#stations.values()];
      await Promise.all(stations.map(station => station.claiming));
      const running = stations.flatMap(station => [
        ...station.running.values(),
      ]);
      if (running.length > 0) {
        await Promise.race(running.map(execution => execution.settled));
        continue;
      }
      const due = await this.#claims.dueKinds([...this.#stations.keys()]);
      // Work may have been claimed while the database was asked.
      const isBusy = stations.some(
        station => station.claiming || station.running.size > 0,
      );
      if (due.length === 0 && !isBusy) {
        return;
      }
      due.forEach(kind => this.#call(kind));
    }
  }

  #poll() {
    this.#polling = this.#pollOnce()
      .catch(error =>
        this.#logger.warn(`Could not look for work: ${toError(error).message}`),
      )
      .then(() => {
        if (!this.#stopping) {
          this.#timer = setTimeout(() => this.#poll(), this.#pollIntervalMs);
        }
      });
  }

  async #pollOnce() {
    for (const work of await this.#claims.listExpired(EXPIRED_BATCH)) {
      await this.#execution(work).abandoned();
    }
    const due = await this.#claims.dueKinds([...this.#stations.keys()]);
    due.forEach(kind => this.#call(kind));
  }

  /** Lets a kind claim work until it has its hands full. */
  #call(kind: string) {
    const station = this.#stations.get(kind);
    if (!station || this.#stopping) {
      return;
    }
    station.isEmpty = false;
    if (station.claiming) {
      station.calledMeanwhile = true;
      return;
    }
    station.claiming = this.#fill(station)
      .catch(error =>
        this.#logger.warn(`Could not claim work: ${toError(error).message}`),
      )
      .then(() => {
        station.claiming = undefined;
        if (station.calledMeanwhile) {
          station.calledMeanwhile = false;
          this.#call(kind);
        }
      });
  }

  async #fill(station: Station) {
    const { handler, running } = station;
    while (!this.#stopping && running.size < handler.concurrency) {
      const work = await this.#claims.claim(handler.kind, handler.leaseMs);
      if (!work) {
        station.isEmpty = !station.calledMeanwhile;
        return;
      }
      const execution = this.#execution(work);
      running.set(work.id, execution);
      execution.start().then(() => {
        running.delete(work.id);
        if (!station.isEmpty || execution.isQueuedAgain) {
          this.#call(handler.kind);
        }
      });
    }
  }

  #execution(work: ClaimedWork): WorkExecution {
    return new WorkExecution({
      work,
      handler: this.#stations.get(work.kind)?.handler,
      database: this.#database,
      queue: this.#queue,
      claims: this.#claims,
      logger: this.#logger,
      random: this.#random,
    });
  }
}
