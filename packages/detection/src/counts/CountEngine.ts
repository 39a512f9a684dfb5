import { logGamma } from '../statistics/logGamma';
import { CountState } from './types';

const capacity = 200;
const held = 0.99;
/** Prior of the count of an event: one half, known as well as half an event tells. */
const a = 0.25;
const b = 0.5;
const constant = a * Math.log(b) - logGamma(a);

function likelihood(total: number, count: number): number {
  return constant + logGamma(a + total) - (a + total) * Math.log(b + count);
}

export interface CountChange {
  seq: number;
  at: number;
  before: { value: number; count: number };
  after: { value: number; count: number };
  odds: number;
  range: [first: number, last: number];
  back: boolean;
  ended?: number;
}

/** Variance over mean of what two times with a mean each leave over; 1 is what chance alone gives. */
function dispersion(values: number[], at: number): number {
  let squares = 0;
  let expected = 0;
  for (const part of [values.slice(0, at), values.slice(at)]) {
    const total = part.reduce((sum, value) => sum + value, 0);
    const mean = total / part.length;
    for (const value of part) {
      squares += (value - mean) ** 2;
    }
    expected += mean * Math.max(part.length - 1, 0);
  }
  return Math.max(expected > 0 ? squares / expected : 1, 1);
}

/** Looks for changes of a count among the last events of a series. */
export class CountEngine {
  readonly #seqs: number[];
  readonly #ats: number[];
  readonly #values: number[];
  readonly #needed: number;
  readonly #smallest: number;
  #since: CountState['since'];

  private constructor(
    state: CountState,
    options: { falseAlarm: number; smallest: number },
  ) {
    this.#seqs = [...state.window.seqs];
    this.#ats = [...state.window.ats];
    this.#values = [...state.window.values];
    this.#since = state.since;
    this.#needed = -Math.log(options.falseAlarm);
    this.#smallest = options.smallest;
  }

  static restore(
    state: CountState,
    options: { falseAlarm: number; smallest: number },
  ): CountEngine {
    return new CountEngine(state, options);
  }

  toState(): Pick<CountState, 'window' | 'since'> {
    return {
      window: {
        seqs: [...this.#seqs],
        ats: [...this.#ats],
        values: [...this.#values],
      },
      ...(this.#since && { since: this.#since }),
    };
  }

  read(seq: number, at: number, value: number): CountChange | undefined {
    this.#seqs.push(seq);
    this.#ats.push(at);
    this.#values.push(value);
    if (this.#values.length > capacity) {
      this.#forget(1);
    }
    const values = this.#values;
    const { length } = values;
    const all = values.reduce((sum, one) => sum + one, 0);
    const together = likelihood(all, length);
    const odds: number[] = [];
    let left = 0;
    let best = 0;
    for (let index = 1; index < length; index++) {
      left += values[index - 1];
      odds[index] =
        likelihood(left, index) +
        likelihood(all - left, length - index) -
        together;
      best = best === 0 || odds[index] > odds[best] ? index : best;
    }
    if (best === 0 || odds[best] <= this.#needed) {
      return undefined;
    }
    const spread = dispersion(values, best);
    const total = values.slice(0, best).reduce((sum, one) => sum + one, 0);
    const before = { value: total / best, count: best };
    const after = {
      value: (all - total) / (length - best),
      count: length - best,
    };
    const moved = Math.abs(after.value - before.value);
    if (
      odds[best] / spread <= this.#needed ||
      moved < this.#smallest * Math.min(before.value, after.value)
    ) {
      return undefined;
    }
    return this.#change(best, before, after, odds, spread);
  }

  #change(
    at: number,
    before: CountChange['before'],
    after: CountChange['after'],
    odds: number[],
    spread: number,
  ): CountChange {
    const weights = odds.map(odd => Math.exp((odd - odds[at]) / spread));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let first = at;
    let last = at;
    let share = weights[at];
    while (share < held * total) {
      const down = first > 1 ? weights[first - 1] : -1;
      const up = last < weights.length - 1 ? weights[last + 1] : -1;
      share += Math.max(down, up);
      if (down >= up) {
        first--;
      } else {
        last++;
      }
    }
    const past = this.#since;
    const back =
      past !== undefined &&
      (before.value - past.before.value) * (after.value - before.value) < 0 &&
      Math.abs(after.value - past.before.value) <=
        0.25 * Math.abs(before.value - past.before.value);
    const change: CountChange = {
      seq: this.#seqs[at],
      at: this.#ats[at],
      before,
      after,
      odds: odds[at] / spread,
      range: [this.#seqs[first], this.#seqs[last]],
      back,
      ...(back && { ended: past.seq }),
    };
    this.#since = { seq: change.seq, at: change.at, before };
    this.#forget(at);
    return change;
  }

  #forget(count: number) {
    this.#seqs.splice(0, count);
    this.#ats.splice(0, count);
    this.#values.splice(0, count);
  }
}
