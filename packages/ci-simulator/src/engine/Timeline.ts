import { EventHeap } from './EventHeap';

/**
 * How time passes once it runs by itself.
 *
 * @public
 */
export type Pace = {
  /** Simulated milliseconds a real one. */
  speed: number;
  /**
   * Never later than the machine's own clock: time that started in the past
   * catches up and then passes as it does everywhere.
   */
  neverAhead?: boolean;
};

/** Node cannot wait longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Simulated time and what is to happen in it. Stands still until it is moved by
 * hand or set going; what happens sees exactly the time it was planned for.
 *
 * @public
 */
export class Timeline {
  readonly #events = EventHeap.create();
  #now: number;
  #started?: { simulated: number; real: number; pace: Pace };
  #timer?: NodeJS.Timeout;
  #isRunning = false;

  private constructor(start: number) {
    this.#now = start;
  }

  /** @param start - simulated milliseconds since the epoch */
  static create(start: number): Timeline {
    return new Timeline(start);
  }

  /** Simulated time, in milliseconds since the epoch. */
  now(): number {
    if (!this.#isRunning && this.#started) {
      this.#now = Math.max(this.#now, this.#clock());
    }
    return this.#now;
  }

  /** Plans something; what lies in the past happens next. */
  at(time: number, action: () => void): void {
    this.#events.push(time, action);
    if (this.#started && !this.#isRunning) {
      this.#wait();
    }
  }

  after(milliseconds: number, action: () => void): void {
    this.at(this.now() + milliseconds, action);
  }

  /** Lets everything up to a time happen at once, and leaves it at that time. */
  runUntil(time: number): void {
    this.#isRunning = true;
    try {
      for (;;) {
        const next = this.#events.takeUntil(time);
        if (!next) {
          break;
        }
        this.#now = Math.max(this.#now, next.time);
        next.action();
      }
      this.#now = Math.max(this.#now, time);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Lets some time pass at once; then it passes by itself as before. */
  advance(milliseconds: number): void {
    this.runUntil(this.now() + milliseconds);
    if (this.#started) {
      this.start(this.#started.pace);
    }
  }

  /** From now on time passes by itself. */
  start(pace: Pace): void {
    clearTimeout(this.#timer);
    this.#started = { simulated: this.#now, real: Date.now(), pace };
    this.#wait();
  }

  /** Time stands still again. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#started) {
      this.#now = this.now();
    }
    this.#started = undefined;
  }

  #clock(): number {
    const { simulated, real, pace } = this.#started!;
    const elapsed = Date.now() - real;
    const asked = simulated + elapsed * pace.speed;
    return pace.neverAhead
      ? Math.min(asked, Math.max(Date.now(), simulated + elapsed))
      : asked;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const next = this.#events.nextTime();
    if (next === undefined || !this.#started) {
      return;
    }
    const { speed, neverAhead } = this.#started.pace;
    const simulated = Math.max(0, next - this.now());
    // Having caught up, time passes slower than asked: look again then.
    const real = simulated / speed;
    const wait = Math.min(real, neverAhead ? 1000 : LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => {
      this.runUntil(this.now());
      this.#wait();
    }, Math.max(1, Math.ceil(wait)));
    this.#timer.unref();
  }
}
