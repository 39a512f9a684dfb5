import { autocorrelation } from '../statistics/autocorrelation';

/** The best place to split values into two levels. */
export interface Split {
  /** Number of values before the split. */
  index: number;
  /** Square of the t statistic. */
  statistic: number;
  /** Mean before and after. */
  before: number;
  after: number;
}

/**
 * The split of `values[from, to)` that explains most, with at least `tail` values on each side: the generalised likelihood
 * ratio of one change of the mean under normal noise. One pass, nothing kept.
 */
export function bestSplit(
  values: ArrayLike<number>,
  from: number,
  to: number,
  tail: number,
): Split | undefined {
  const count = to - from;
  if (count < 2 * tail || count < 3) {
    return undefined;
  }
  const origin = values[from];
  let total = 0;
  let squares = 0;
  for (let index = from; index < to; index++) {
    const value = values[index] - origin;
    total += value;
    squares += value * value;
  }
  const mean = total / count;
  let sum = 0;
  let best = -1;
  let at = 0;
  let sumAt = 0;
  for (let left = 1; left <= count - tail; left++) {
    sum += values[from + left - 1] - origin;
    if (left >= tail) {
      const away = sum - left * mean;
      const gain = (away * away) / (left * (count - left));
      if (gain > best) {
        best = gain;
        at = left;
        sumAt = sum;
      }
    }
  }
  const between = best * count;
  const within = Math.max(
    squares - (total * total) / count - between,
    1e-12 * squares,
    Number.MIN_VALUE,
  );
  return {
    index: at,
    statistic: between / (within / (count - 2)),
    before: origin + sumAt / at,
    after: origin + (total - sumAt) / (count - at),
  };
}

/** By how much neighbours that are alike inflate the statistic of a split. */
export function inflation(
  values: number[],
  from: number,
  at: number,
  to: number,
): number {
  const rho = autocorrelation(values.slice(from, at), values.slice(at, to));
  return (1 + rho) / (1 - rho);
}

/**
 * The range of splits that holds the true one with the given probability, as numbers of values before it: posterior of
 * the position under normal noise of unknown size, tempered by how alike neighbours are.
 */
export function splitRange(
  values: number[],
  at: number,
  probability: number,
  tail = 1,
): [first: number, last: number] {
  const count = values.length;
  const temper = inflation(values, 0, at, count);
  const origin = values[0];
  let total = 0;
  let squares = 0;
  for (const value of values) {
    total += value - origin;
    squares += (value - origin) ** 2;
  }
  const logs: number[] = [];
  let sum = 0;
  for (let left = 1; left < count; left++) {
    sum += values[left - 1] - origin;
    const between =
      (sum - (left * total) / count) ** 2 / (left * (1 - left / count));
    const within = Math.max(
      squares - (total * total) / count - between,
      1e-9 * squares,
      Number.MIN_VALUE,
    );
    logs[left] =
      left < tail || left > count - tail
        ? -Infinity
        : (-count * Math.log(within)) / 2 / temper;
  }
  const largest = logs[at];
  const weights = logs.map(log => Math.exp(Math.min(log - largest, 0)));
  const sumOfWeights = weights.reduce((all, weight) => all + weight, 0);
  let first = at;
  let last = at;
  let held = weights[at];
  while (held < probability * sumOfWeights) {
    const down = first > 1 ? weights[first - 1] : -1;
    const up = last < count - 1 ? weights[last + 1] : -1;
    if (down < 0 && up < 0) {
      break;
    }
    held += Math.max(down, up);
    if (down >= up) {
      first--;
    } else {
      last++;
    }
  }
  return [first, last];
}
