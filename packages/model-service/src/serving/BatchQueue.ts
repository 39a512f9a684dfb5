/**
 * No room for more; it is worth a try after that many seconds.
 *
 * @public
 */
export class QueueFullError extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many requests wait already');
    this.name = 'QueueFullError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

type Waiting<Row, Result> = {
  rows: readonly Row[];
  signal?: AbortSignal;
  resolve(results: Result[]): void;
  reject(error: unknown): void;
};

/**
 * Runs requests together: what comes while one batch runs makes up the next.
 * Nobody waits for a batch to fill, and no more than a bound of rows wait.
 */
export class BatchQueue<Row, Result> {
  readonly #run: (rows: readonly Row[]) => Promise<Result[]>;
  readonly #mostRows: number;
  readonly #mostWaiting: number;
  readonly #onBatch?: (rows: number) => void;
  readonly #waiting: Waiting<Row, Result>[] = [];
  #waitingRows = 0;
  #running?: Promise<void>;

  private constructor(options: BatchQueueOptions<Row, Result>) {
    this.#run = options.run;
    this.#mostRows = options.mostRows;
    this.#mostWaiting = options.mostWaiting;
    this.#onBatch = options.onBatch;
  }

  static create<Row, Result>(
    options: BatchQueueOptions<Row, Result>,
  ): BatchQueue<Row, Result> {
    return new BatchQueue(options);
  }

  /** Rows that wait. */
  get length(): number {
    return this.#waitingRows;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running) {
      await this.#running;
    }
  }

  /**
   * Adds the rows of one request, which stay together.
   *
   * @throws {@link QueueFullError} when there is no room
   */
  add(rows: readonly Row[], signal?: AbortSignal): Promise<Result[]> {
    if (this.#waitingRows + rows.length > this.#mostWaiting) {
      const batches = Math.ceil(this.#waitingRows / this.#mostRows);
      return Promise.reject(new QueueFullError(Math.max(1, batches)));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, signal, resolve, reject });
      this.#waitingRows += rows.length;
      this.#running ??= this.#work();
    });
  }

  async #work(): Promise<void> {
    // Requests of the same turn of the event loop are to meet in one batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#runBatch(this.#take());
    }
    this.#running = undefined;
  }

  #take(): Waiting<Row, Result>[] {
    const taken: Waiting<Row, Result>[] = [];
    let rows = 0;
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting;
      if (taken.length > 0 && rows + next.rows.length > this.#mostRows) {
        break;
      }
      this.#waiting.shift();
      this.#waitingRows -= next.rows.length;
      if (next.signal?.aborted) {
        next.reject(next.signal.reason);
      } else {
        taken.push(next);
        rows += next.rows.length;
      }
    }
    return taken;
  }

  async #runBatch(requests: Waiting<Row, Result>[]): Promise<void> {
    const rows = requests.flatMap(request => request.rows);
    if (rows.length === 0) {
      return;
    }
    this.#onBatch?.(rows.length);
    try {
      const results = await this.#run(rows);
      let from = 0;
      for (const request of requests) {
        request.resolve(results.slice(from, from + request.rows.length));
        from += request.rows.length;
      }
    } catch (error) {
      requests.forEach(request => request.reject(error));
    }
  }
}

/** How a queue works. */
export type BatchQueueOptions<Row, Result> = {
  run(rows: readonly Row[]): Promise<Result[]>;
  /** Rows of a batch; a larger request is a batch of its own. */
  mostRows: number;
  /** Rows that may wait. */
  mostWaiting: number;
  onBatch?(rows: number): void;
};
