import { mean, median, varianceOf } from '../statistics/quantiles';
import { bestSplit, inflation, splitRange } from './splitAt';
import { OpenShift, ShiftOptions, ShiftState } from './types';

const capacity = 200;
const tail = 5;
/** Events before and after a change that confirm it. */
const backWindow = 24;
const foreWindow = 12;
const fewestBefore = 12;
/** A clearer place may be this far from the best split. */
const near = 6;
/** A change this clear needs no confirmation. */
const certain = 12;
/** So many events in a row as before mean that it went away. */
const back = 5;
const held = 0.99;

export type ShiftNews = {
  stage: 'note' | 'alert' | 'went_away';
  shift: OpenShift;
  /** Since when it is as before. */
  ended?: { seq: number; at: number };
};

/** Mean of values of which the first counts most, falling evenly. */
function weightedMean(values: number[]): number {
  const { length } = values;
  let sum = 0;
  values.forEach((value, index) => {
    sum += value * (length - index);
  });
  return sum / ((length * (length + 1)) / 2);
}

/**
 * How clear a change at an index is, as Perfherder decides it: up to 24 values before against 12 from there on, with less
 * weight on what is further away.
 */
function clarity(values: number[], index: number): number {
  const before = values.slice(Math.max(index - backWindow, 0), index).reverse();
  const after = values.slice(index, index + foreWindow);
  const difference = Math.abs(weightedMean(after) - weightedMean(before));
  const error = Math.sqrt(
    varianceOf(before) / before.length + varianceOf(after) / after.length,
  );
  return difference / Math.max(error, 1e-9 * difference, Number.MIN_VALUE);
}

/** The new level is where it was before the open shift, give or take a quarter of that. */
function isReturn(open: OpenShift, shift: OpenShift): boolean {
  const moved = Math.abs(open.after.value - open.before.value);
  return Math.abs(shift.after.value - open.before.value) <= moved / 4;
}

/** Looks for changes of the level among the last events of a series. */
export class ShiftEngine {
  readonly #seqs: number[];
  readonly #ats: number[];
  readonly #values: number[];
  readonly #options: ShiftOptions;
  /** The latest alert, and a note that came after it. */
  #open: OpenShift | undefined;
  #noted: OpenShift | undefined;
  /** A note that went away is not noted again: the next one has to begin later. */
  #quietUntil: number;

  private constructor(state: ShiftState, options: ShiftOptions) {
    this.#seqs = [...state.window.seqs];
    this.#ats = [...state.window.ats];
    this.#values = [...state.window.values];
    this.#open = state.open;
    this.#noted = state.noted;
    this.#quietUntil = state.quietUntil;
    this.#options = options;
  }

  static restore(state: ShiftState, options: ShiftOptions): ShiftEngine {
    return new ShiftEngine(state, options);
  }

  toState(): Pick<ShiftState, 'window' | 'open' | 'noted' | 'quietUntil'> {
    return {
      quietUntil: this.#quietUntil,
      window: {
        seqs: [...this.#seqs],
        ats: [...this.#ats],
        values: [...this.#values],
      },
      ...(this.#open && { open: this.#open }),
      ...(this.#noted && { noted: this.#noted }),
    };
  }

  /** Reads one event; the value is on the scale that is compared. */
  read(seq: number, at: number, value: number): ShiftNews | undefined {
    this.#seqs.push(seq);
    this.#ats.push(at);
    this.#values.push(value);
    if (this.#values.length > capacity) {
      this.#forget(1);
    }
    for (const shift of [this.#open, this.#noted]) {
      const end = shift && this.#isBack(shift) ? this.#returnOf(shift) : -1;
      if (shift && end >= 0) {
        return this.#close(shift, end);
      }
    }
    return this.#look();
  }

  /** Where it began to be as before; what was alerted has to return as clearly as it came. -1 if it did not. */
  #returnOf({ seq, alerted }: OpenShift): number {
    const values = this.#values;
    const from = Math.max(this.#seqs.indexOf(seq), 0);
    const split = bestSplit(values, from, values.length, back);
    const index = split ? from + split.index : values.length - back;
    const { confirm = 7 } = this.#options;
    return alerted && clarity(values, index) <= confirm ? -1 : index;
  }

  #close(open: OpenShift, index: number): ShiftNews {
    const values = this.#values;
    const ended = { seq: this.#seqs[index], at: this.#ats[index] };
    this.#noted = undefined;
    if (open.alerted) {
      // What was before is what is again.
      this.#open = undefined;
      this.#forget(index);
      this.#recall(open);
    } else {
      this.#quietUntil = this.#seqs[values.length - 1];
    }
    return { stage: 'went_away', shift: open, ended };
  }

  #look(): ShiftNews | undefined {
    const values = this.#values;
    const { penalty = 3, confirm = 7 } = this.#options;
    const split = bestSplit(values, 0, values.length, tail);
    const needed = 2 * penalty * Math.log(values.length);
    if (
      !split ||
      split.statistic <= needed ||
      !this.#matters(split.before, split.after) ||
      split.statistic <=
        needed * inflation(values, 0, split.index, values.length)
    ) {
      return undefined;
    }
    const confirmed = this.#confirm(split.index, confirm);
    if (confirmed) {
      const { index, t } = confirmed;
      const shift = this.#shiftAt(index, t, true);
      const open = this.#open;
      if (open && isReturn(open, shift)) {
        return this.#close(open, index);
      }
      this.#open = { ...shift, kept: this.#eventsBefore(index) };
      this.#noted = undefined;
      this.#forget(index);
      return { stage: 'alert', shift };
    }
    if (this.#noted || this.#seqs[split.index] <= this.#quietUntil) {
      return undefined;
    }
    const shift = this.#shiftAt(split.index, Math.sqrt(split.statistic), false);
    this.#noted = shift;
    return { stage: 'note', shift };
  }

  /** The clearest place near a split with enough events on both sides; fewer after it will do where it is beyond doubt. */
  #confirm(
    split: number,
    needed: number,
  ): { index: number; t: number } | undefined {
    const values = this.#values;
    let best: { index: number; t: number } | undefined;
    for (let index = split - near; index <= split + near; index++) {
      const after = values.length - index;
      if (index >= fewestBefore && after >= tail) {
        const t = clarity(values, index);
        const isClear = t > (after >= foreWindow ? needed : certain);
        if (isClear && t > (best?.t ?? 0)) {
          best = { index, t };
        }
      }
    }
    return best;
  }

  #shiftAt(index: number, score: number, alerted: boolean): OpenShift {
    const before = this.#values.slice(0, index);
    const after = this.#values.slice(index);
    const [first, last] = splitRange(this.#values, index, held);
    return {
      seq: this.#seqs[index],
      at: this.#ats[index],
      alerted,
      before: {
        value: mean(before),
        count: before.length,
        spread: Math.sqrt(varianceOf(before)),
      },
      after: { value: mean(after), count: after.length },
      range: [this.#seqs[first], this.#seqs[last]],
      score,
    };
  }

  /** The median of the newest events is where it was before the change, and nearer to that than to the new level. */
  #isBack({ seq, before, after }: OpenShift): boolean {
    const { length } = this.#values;
    if (length < back || this.#seqs[length - back] <= seq) {
      return false;
    }
    const now = median(this.#values.slice(-back));
    const middle = (before.value + after.value) / 2;
    const returned = after.value > before.value ? now < middle : now > middle;
    return returned && Math.abs(now - before.value) <= before.spread;
  }

  #matters(before: number, after: number): boolean {
    const { logarithmic, smallest = 0.05, floor = 0 } = this.#options;
    const [from, to] = logarithmic
      ? [Math.exp(before), Math.exp(after)]
      : [before, after];
    const difference = Math.abs(to - from);
    return difference >= floor && difference >= smallest * Math.abs(from);
  }

  #eventsBefore(index: number): OpenShift['kept'] {
    const from = Math.max(index - backWindow, 0);
    return {
      seqs: this.#seqs.slice(from, index),
      ats: this.#ats.slice(from, index),
      values: this.#values.slice(from, index),
    };
  }

  #recall({ kept }: OpenShift) {
    if (kept) {
      this.#seqs.unshift(...kept.seqs);
      this.#ats.unshift(...kept.ats);
      this.#values.unshift(...kept.values);
    }
  }

  #forget(count: number) {
    this.#seqs.splice(0, count);
    this.#ats.splice(0, count);
    this.#values.splice(0, count);
  }
}
