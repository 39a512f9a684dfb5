import {
  EffectReceipt,
  EffectRefusedError,
  PreparedEffect,
  RateLimitedError,
} from '@ci-medic/plugin-ci-medic-node';

/** What goes wrong with a call. */
export type CallFault =
  /** It happens, and the connection is lost before the answer. */
  | 'drop'
  /** The connection is lost before it happens. */
  | 'fail'
  /** The connection is lost, and it happens as late as the system may act. */
  | 'late'
  /** The system says no. */
  | 'refuse'
  /** The system asks to wait. */
  | 'limit';

/** What was done: the kind and its subject. */
export type MemoryAct = { does: string; to: string };

/**
 * Calls of a CI system in memory, which can go wrong as real ones do. Its time is that of the test.
 */
export class MemoryFaults {
  readonly faults: CallFault[] = [];
  /** All that happened. */
  readonly acts: MemoryAct[] = [];
  calls = 0;

  readonly #clock: { time: number };
  readonly #callMs: number;
  readonly #later: { at: number; act(): void }[] = [];

  constructor(options: { clock: { time: number }; callMs: number }) {
    this.#clock = options.clock;
    this.#callMs = options.callMs;
  }

  /** A call that does something, unless it goes wrong. */
  effect(options: {
    latestMs: number;
    act(): EffectReceipt | void;
  }): PreparedEffect {
    const { act, latestMs } = options;
    return async () => {
      this.calls++;
      this.settle();
      switch (this.faults.shift()) {
        case 'fail':
          throw new Error('socket hang up');
        case 'drop':
          act();
          throw new Error('socket hang up');
        case 'late': {
          this.#clock.time += this.#callMs;
          this.#later.push({ at: this.#clock.time + latestMs - 1, act });
          throw new Error('The operation was aborted due to timeout');
        }
        case 'refuse':
          throw new EffectRefusedError('Must have admin rights');
        case 'limit':
          throw new RateLimitedError('slow down', new Date(Date.now() + 5_000));
        default:
          return act();
      }
    };
  }

  /** Does what was put off until now. */
  settle(): void {
    for (const late of this.#later.splice(0)) {
      if (late.at <= this.#clock.time) {
        late.act();
      } else {
        this.#later.push(late);
      }
    }
  }
}
