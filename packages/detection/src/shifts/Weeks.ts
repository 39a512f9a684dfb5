import { median } from '../statistics/quantiles';
import { Drift, findDrift } from './findDrift';
import { ShiftState } from './types';

const length = 7 * 24 * 3_600_000;
const lookBack = 8;
const mostValues = 100;
const enough = 5;

/** A drift and where its weeks began. */
export interface WeeklyDrift extends Drift {
  seq: number;
  at: number;
  count: number;
}

/** Keeps a median for each of the last eight weeks. */
export class Weeks {
  #weeks: ShiftState['weeks'];
  #now: ShiftState['thisWeek'];

  private constructor({ weeks, thisWeek }: ShiftState) {
    this.#weeks = weeks;
    this.#now = { ...thisWeek, values: [...thisWeek.values] };
  }

  static restore(state: ShiftState): Weeks {
    return new Weeks(state);
  }

  toState(): Pick<ShiftState, 'weeks' | 'thisWeek'> {
    return { weeks: this.#weeks, thisWeek: this.#now };
  }

  clear() {
    this.#weeks = [];
    this.#now = {
      week: this.#now.week,
      seq: 0,
      values: [],
      count: 0,
      every: 1,
    };
  }

  /** Reads one event; at the first one of a week it answers what the eight weeks before show. */
  read(seq: number, at: number, value: number): WeeklyDrift | undefined {
    const week = Math.floor(at / length);
    let drift: WeeklyDrift | undefined;
    if (week > this.#now.week) {
      drift = this.#close();
      this.#now = { week, seq, values: [], count: 0, every: 1 };
    }
    const now = this.#now;
    if (now.count === 0) {
      now.seq = seq;
    }
    now.count++;
    // Busy weeks are thinned evenly: every second value, then every fourth.
    if (now.values.length === mostValues) {
      now.values = now.values.filter((_, index) => index % 2 === 0);
      now.every *= 2;
    }
    if ((now.count - 1) % now.every === 0) {
      now.values.push(value);
    }
    return drift;
  }

  #close(): WeeklyDrift | undefined {
    const { week, seq, values, count } = this.#now;
    if (values.length < enough) {
      return undefined;
    }
    this.#weeks = [
      ...this.#weeks.filter(other => other.week > week - lookBack),
      { week, seq, median: median(values), count },
    ];
    const drift = findDrift(this.#weeks.map(other => other.median));
    if (this.#weeks.length < lookBack || !drift) {
      return undefined;
    }
    return {
      ...drift,
      seq: this.#weeks[0].seq,
      at: this.#weeks[0].week * length,
      count: this.#weeks.reduce((sum, other) => sum + other.count, 0),
    };
  }
}
