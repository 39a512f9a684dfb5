import { logGamma } from './logGamma';

/** The continued fraction of the incomplete beta function (Lentz; DLMF 8.17.22). */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let result = d;
  for (let m = 1; m <= 500; m++) {
    for (const numerator of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + numerator * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + numerator / c;
      c = Math.abs(c) < tiny ? tiny : c;
      result *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) {
      break;
    }
  }
  return result;
}

/** A beta distribution: what is known of a rate after `a` failures and `b` passes, prior included. */
export class BetaDistribution {
  readonly a: number;
  readonly b: number;

  constructor(a: number, b: number) {
    this.a = a;
    this.b = b;
  }

  get mean(): number {
    return this.a / (this.a + this.b);
  }

  /** Probability that the rate is at most `x`. */
  below(x: number): number {
    const { a, b } = this;
    if (x <= 0) {
      return 0;
    }
    if (x >= 1) {
      return 1;
    }
    const factor = Math.exp(
      logGamma(a + b) -
        logGamma(a) -
        logGamma(b) +
        a * Math.log(x) +
        b * Math.log1p(-x),
    );
    return x < (a + 1) / (a + b + 2)
      ? (factor * continuedFraction(x, a, b)) / a
      : 1 - (factor * continuedFraction(1 - x, b, a)) / b;
  }

  /** The rate that is not exceeded with probability `p`, to 1e-12, by bisection in the logarithm near 0. */
  quantile(p: number): number {
    let low = 0;
    let high = 1;
    for (let step = 0; step < 200 && high - low > 1e-12; step++) {
      const middle = low > 0 ? (low + high) / 2 : high / 4;
      if (this.below(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
      if (high < 1e-15) {
        break;
      }
    }
    return (low + high) / 2;
  }

  /** The central range that holds the rate with this probability. */
  range(probability: number): [low: number, high: number] {
    const tail = (1 - probability) / 2;
    return [this.quantile(tail), this.quantile(1 - tail)];
  }
}
