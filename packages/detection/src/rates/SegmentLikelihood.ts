import { logGamma } from '../statistics/logGamma';

/** The most events that are ever kept. */
export const capacity = 2000;

function table(plus: number): Float64Array {
  return Float64Array.from({ length: capacity + 202 }, (_, count) =>
    logGamma(count + plus),
  );
}

/** Logarithms of beta-binomial likelihoods under one prior, from tables. */
export class SegmentLikelihood {
  readonly #failed: Float64Array;
  readonly #passed: Float64Array;
  readonly #all: Float64Array;
  readonly #constant: number;

  private constructor(a: number, b: number) {
    this.#failed = table(a);
    this.#passed = table(b);
    this.#all = table(a + b);
    this.#constant = logGamma(a + b) - logGamma(a) - logGamma(b);
  }

  /** LUCI's prior of first tries: most things never fail, and what fails often fails half of the time. */
  static readonly firstTry = new SegmentLikelihood(0.3, 0.5);

  /** LUCI's prior of failing again once failed. */
  static readonly again = new SegmentLikelihood(0.5, 0.5);

  of(failed: number, count: number): number {
    return (
      this.#constant +
      this.#failed[failed] +
      this.#passed[count - failed] -
      this.#all[count]
    );
  }
}
