import { RecordState } from './types';

/** A range forgets by half in so many events what reached furthest. */
const halfLife = 4000;
const forget = 1 - 0.5 ** (1 / halfLife);
const middleWeight = 0.01;

/** The range that a measure has kept to, and by how much it is left. */
export class SeenRange {
  #value: number;
  #low: number;
  #high: number;
  #middle: number;

  private constructor(state: RecordState) {
    this.#value = state.value;
    this.#low = state.low;
    this.#high = state.high;
    this.#middle = state.middle;
  }

  static restore(state: RecordState): SeenRange {
    return new SeenRange(state);
  }

  toState(): RecordState {
    return {
      value: this.#value,
      low: this.#low,
      high: this.#high,
      middle: this.#middle,
    };
  }

  /** The smoothed measure. */
  get value(): number {
    return this.#value;
  }

  /** Starts where the series does. */
  begin(value: number) {
    this.#value = value;
    this.#low = value;
    this.#high = value;
    this.#middle = value;
  }

  /** Smooths the next value in, and answers how far the result lies outside, as a share of the width of the range. */
  read(next: number, weight: number, upOnly: boolean): number {
    this.#value += weight * (next - this.#value);
    const value = this.#value;
    const width = this.#high - this.#low;
    const above = value - this.#high;
    const below = upOnly ? 0 : this.#low - value;
    const outside = above > below ? above : below;
    this.#high -= forget * (this.#high - this.#middle);
    this.#low += forget * (this.#middle - this.#low);
    this.#middle += middleWeight * (value - this.#middle);
    if (value < this.#low) {
      this.#low = value;
    }
    if (value > this.#high) {
      this.#high = value;
    }
    if (!(outside > 0)) {
      return 0;
    }
    // Rounding must not make a range of something constant.
    return width > 1e-9 * Math.abs(value) ? outside / width : 9;
  }
}
