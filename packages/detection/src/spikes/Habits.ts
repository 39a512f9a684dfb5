import { habitSlots } from './measures';
import { SpikeState } from './types';

const hour = 3_600_000;
/** A habit is used from the fourth day on. */
const established = 3;
const slowest = 0.02;

/** Days since 1970 and the hour slot of a time, in UTC. */
export function slotOf(at: number): { slot: number; day: number } {
  const hours = Math.floor(at / hour);
  const day = Math.floor(hours / 24);
  // 1970 began on a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7;
  const weekend = weekday === 0 || weekday === 6;
  return { slot: hours - day * 24 + (weekend ? 24 : 0), day };
}

/** Usual distances from the level for each hour of working days and of weekends. */
export class Habits {
  readonly #offsets: Float64Array;
  readonly #counts: Float64Array;
  readonly #days: Float64Array;
  readonly #lastDays: Float64Array;

  private constructor(habits: SpikeState['habits']) {
    this.#offsets = Float64Array.from(habits.offsets);
    this.#counts = Float64Array.from(habits.counts);
    this.#days = Float64Array.from(habits.days);
    this.#lastDays = Float64Array.from(habits.lastDays);
  }

  static restore(habits: SpikeState['habits']): Habits {
    if (habits.offsets.length !== habitSlots) {
      throw new RangeError(`Habits have ${habits.offsets.length} hours`);
    }
    return new Habits(habits);
  }

  toState(): SpikeState['habits'] {
    return {
      offsets: Array.from(this.#offsets),
      counts: Array.from(this.#counts),
      days: Array.from(this.#days),
      lastDays: Array.from(this.#lastDays),
    };
  }

  isEstablished(slot: number): boolean {
    return this.#days[slot] >= established;
  }

  /** What is usual in this hour; 0 until it is known on enough days. */
  offset(slot: number): number {
    return this.#days[slot] >= established ? this.#offsets[slot] : 0;
  }

  learn(slot: number, day: number, distance: number) {
    if (this.#days[slot] === 0 || this.#lastDays[slot] !== day) {
      this.#lastDays[slot] = day;
      this.#days[slot]++;
    }
    this.#counts[slot]++;
    const weight = Math.max(slowest, 1 / this.#counts[slot]);
    this.#offsets[slot] += weight * (distance - this.#offsets[slot]);
  }
}
