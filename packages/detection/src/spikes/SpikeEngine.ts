import { Measure, Watched, watched } from './measures';
import { Habits, slotOf } from './Habits';
import { Reading, Usual } from './Reading';
import { SeenRange } from './SeenRange';
import { Tail } from './Tail';
import { SpikeState } from './types';
import { Visits } from './Visits';

const slowest = 0.003;
/** After something was told, so many events are quiet unless they go this much further. */
const quiet = 100;
const further = 16;
/** Records of the first events say nothing. */
const child = 30;
/** A young series sets records all the time: they must go further the younger it is. */
const young = 200;
/** Deviations of other series count as this many own ones, until there are enough of these. */
const poolWeight = 100;
const grown = 300;
/** What is usual in a series of fewer events is not known well enough to divide by it. */
const infant = 10;
/** What goes less far is no note, and nobody asks how far values usually go. */
const worthAsking = 0.25;
/** The score of a record that just goes far enough. */
const enough = 3.4;

/** Four times as far out is one more. */
function scoreOf(ratio: number): number {
  return Math.max(enough + Math.log2(ratio) / 2, 0);
}

/** Reads the events of a series one after the other, in constant time each. */
export class SpikeEngine {
  #count: number;
  #level: number;
  #low: number;
  #high: number;
  #told: SpikeState['told'];
  /** The measure of the newest event that went furthest, and how far. */
  #ratio = 0;
  #measure: Measure = 'value';
  /** The same of measures of single events alone. */
  #single = 0;
  /** How far values went before the newest. */
  #reach = 1;
  readonly #habits: Habits;
  readonly #visits: Visits;
  readonly #records: SeenRange[];
  readonly #tail: Tail;
  readonly #pool: Tail | undefined;

  private constructor(state: SpikeState, pool: Tail | undefined) {
    this.#count = state.count;
    this.#level = state.level;
    this.#low = state.low;
    this.#high = state.high;
    this.#told = state.told;
    this.#habits = Habits.restore(state.habits);
    this.#visits = Visits.restore(state.visits);
    this.#records = state.records.map(record => SeenRange.restore(record));
    this.#tail = Tail.restore(state.tail);
    this.#pool = pool;
  }

  static restore(state: SpikeState, pool?: Tail): SpikeEngine {
    return new SpikeEngine(state, pool);
  }

  toState(lastSeq: number): SpikeState {
    return {
      version: 1,
      count: this.#count,
      lastSeq,
      level: this.#level,
      low: this.#low,
      high: this.#high,
      habits: this.#habits.toState(),
      visits: this.#visits.toState(),
      records: this.#records.map(record => record.toState()),
      tail: this.#tail.toState(),
      ...(this.#told && { told: this.#told }),
    };
  }

  get count(): number {
    return this.#count;
  }

  /** What is usual, and how unusual a deviation of this size is; asked after it was read. */
  usual(size: number): Usual {
    return {
      width: this.#tail.quantile(0.95),
      reach: this.#reach,
      count: this.#count - 1,
      asFar: this.#tail.above(size),
    };
  }

  read(at: number, value: number): Reading {
    if (this.#count === 0) {
      this.#begin(value);
    }
    const { slot, day } = slotOf(at);
    const distance = value - this.#level;
    const offset = this.#habits.offset(slot);
    const residual = distance - offset;
    const expected = this.#level + offset;
    const range = this.#high - this.#low;
    const usual = this.#records[4].value;
    const deviation = usual > 0 ? residual / usual : 0;
    this.#measureAll(value, residual, slot);
    if (this.#ratio > worthAsking) {
      const width = this.#tail.quantile(0.95);
      this.#reach = width > 0 ? range / (2 * width) : 1;
    }
    const own =
      this.#count < child ? 0 : this.#ratio / (1 + young / this.#count);
    const pooled = this.#pooled(Math.abs(residual), Math.abs(deviation));
    this.#count++;
    this.#tail.add(Math.abs(residual));
    this.#level += Math.max(slowest, 1 / this.#count) * residual;
    this.#habits.learn(slot, day, distance);
    const isPooled = pooled > own;
    return {
      score: isPooled ? scoreOf(pooled) : this.#tell(own),
      single: scoreOf(this.#single / (1 + young / this.#count)),
      isPooled,
      expected,
      deviation,
      habit: this.#habits.isEstablished(slot),
      measure: pooled > own ? 'deviation' : this.#measure,
    };
  }

  #begin(value: number) {
    this.#level = value;
    this.#low = value;
    this.#high = value;
    this.#records[0].begin(value);
    this.#records[1].begin(value);
  }

  /** Finds the measure that is furthest outside of its range, against what that takes. */
  #measureAll(value: number, residual: number, slot: number) {
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
    const width = this.#high - this.#low;
    const place = width > 0 ? (value - this.#low) / width : 0;
    const surprise = this.#visits.surprise(slot, place);
    const size = Math.abs(residual);
    const first = 1 / (this.#count + 1);
    this.#ratio = 0;
    this.#single = 0;
    this.#look(watched[0], value, 1);
    this.#look(watched[1], value, first);
    this.#look(watched[2], residual, 0);
    this.#look(watched[3], size, first);
    this.#look(watched[4], size, first);
    this.#look(watched[5], surprise, 0);
  }

  #look(measure: Watched, next: number, ramp: number) {
    const { index, weight, margin, upOnly, isSingle } = measure;
    const outside = this.#records[index].read(
      next,
      weight > ramp ? weight : ramp,
      upOnly,
    );
    if (isSingle && outside > this.#single * margin) {
      this.#single = outside / margin;
    }
    if (outside > this.#ratio * margin) {
      this.#ratio = outside / margin;
      this.#measure = measure.name;
    }
  }

  /**
   * How far out a deviation is by the series of its kind, in the same measure as records: 1 comes once in 2,500 events.
   * Own deviations count more and more; a series with many has its records instead.
   */
  #pooled(size: number, deviation: number): number {
    const isFit = this.#count >= infant && this.#count < grown;
    if (!this.#pool || !isFit || this.#pool.count < young) {
      return 0;
    }
    const share = (this.#pool.above(deviation) + 0.5) / (this.#pool.count + 1);
    const chance =
      (this.#tail.above(size) + poolWeight * share) /
      (this.#tail.count + poolWeight);
    return 4 ** (-Math.log10(chance) - enough);
  }

  #tell(ratio: number): number {
    if (!(ratio > 0)) {
      return 0;
    }
    const told = this.#told;
    const isQuiet = told !== undefined && this.#count - told.count <= quiet;
    if (isQuiet && ratio <= further * told.ratio) {
      return 0;
    }
    if (ratio > 1) {
      this.#told = { count: this.#count, ratio };
    }
    return scoreOf(ratio);
  }
}
