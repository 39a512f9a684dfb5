import { TailState } from './types';

const bins = 200;
const perOctave = 8;
/** Bins kept free below the first deviation that is seen; smaller ones share the lowest. */
const room = 120;

/** How large deviations usually are: a histogram in logarithms that answers in constant time and size. */
export class Tail {
  #first: number;
  #count = 0;
  /** The highest bin that was ever hit. */
  #top = -1;
  readonly #counts = new Int32Array(bins);

  private constructor(first: number) {
    this.#first = first;
  }

  static restore({ first, counts }: TailState): Tail {
    const tail = new Tail(first);
    counts.forEach((count, bin) => {
      tail.#counts[bin] = count;
      tail.#count += count;
    });
    tail.#top = counts.length - 1;
    return tail;
  }

  toState(): TailState {
    return {
      first: this.#first,
      counts: Array.from(this.#counts.subarray(0, this.#top + 1)),
    };
  }

  get count(): number {
    return this.#count;
  }

  /** How many deviations were larger. */
  above(deviation: number): number {
    const bin = this.#bin(deviation);
    let above = 0;
    for (let index = this.#top; index > bin; index--) {
      above += this.#counts[index];
    }
    return above;
  }

  add(deviation: number) {
    // Zeros lie in the lowest bin, wherever that is.
    if (this.#top <= 0 && deviation > 0) {
      this.#first = Math.floor(perOctave * Math.log2(deviation)) - room;
    }
    const bin = Math.min(this.#bin(deviation), bins - 1);
    this.#counts[bin]++;
    this.#count++;
    this.#top = Math.max(this.#top, bin);
  }

  /** The size that a share of deviations does not exceed. */
  quantile(share: number): number {
    let left = share * this.#count;
    for (let bin = 0; bin <= this.#top; bin++) {
      left -= this.#counts[bin];
      if (left <= 0) {
        return bin === 0 ? 0 : 2 ** ((this.#first + bin + 1) / perOctave);
      }
    }
    return 0;
  }

  #bin(deviation: number): number {
    if (!(deviation > 0)) {
      return 0;
    }
    const bin = Math.floor(perOctave * Math.log2(deviation)) - this.#first;
    return bin > 0 ? bin : 0;
  }
}
