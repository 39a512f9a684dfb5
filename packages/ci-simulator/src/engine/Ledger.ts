/**
 * A change that really happened.
 *
 * @public
 */
export type LedgerEntry = {
  /** 1 for the first. */
  number: number;
  /** What was done: `rerun`, `rerun-failed-jobs`, `rerun-job`, `cancel`, `dispatch` … */
  action: string;
  /** `owner/name`. */
  repository: string;
  /** The run it acted on, or that it made. */
  run?: number;
  job?: number;
  /** The newest attempt before it was done. */
  fromAttempt?: number;
  /** The attempt that it made. */
  toAttempt?: number;
  /** More about it: reference and inputs of a dispatch, key of a cache … */
  details?: Record<string, unknown>;
  /** Who asked, hashed. */
  client: string;
  /** When it happened, in ISO 8601, by the machine's clock. */
  at: string;
  /** The same in simulated time. */
  simulatedAt: string;
  /** The fault under which it happened, e.g. `act-late`. */
  fault?: string;
};

/**
 * Every change that clients made, in the order in which they happened. What was
 * refused is not in it.
 *
 * @public
 */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];

  private constructor() {}

  static create(): Ledger {
    return new Ledger();
  }

  add(entry: Omit<LedgerEntry, 'number' | 'at'>): LedgerEntry {
    const at = new Date().toISOString();
    const added = { number: this.#entries.length + 1, ...entry, at };
    this.#entries.push(added);
    return added;
  }

  /** Those after a number, the oldest first. */
  entries(after: number = 0): LedgerEntry[] {
    return this.#entries.slice(after);
  }

  /** How often each run, attempt and action was done more than once. */
  doubled(): LedgerEntry[] {
    const seen = new Set<string>();
    return this.#entries.filter(({ action, run, fromAttempt, job }) => {
      const key = [action, run, fromAttempt, job].join(' ');
      const isKnown = run !== undefined && seen.has(key);
      seen.add(key);
      return isKnown;
    });
  }
}
