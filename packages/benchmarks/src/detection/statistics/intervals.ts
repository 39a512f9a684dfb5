/** A share of cases with its 95 % interval (Wilson), or a mean over seeds with its own. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
  /** Cases, or seeds. */
  count: number;
  of: 'cases' | 'seeds';
}

const z = 1.959963984540054;

export function share(hits: number, count: number): Estimate {
  if (count === 0) {
    return { value: NaN, low: 0, high: 1, count, of: 'cases' };
  }
  const p = hits / count;
  const middle = (p + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z * Math.sqrt((p * (1 - p)) / count + z ** 2 / (4 * count ** 2))) /
    (1 + z ** 2 / count);
  return {
    value: p,
    low: Math.max(middle - half, 0),
    high: Math.min(middle + half, 1),
    count,
    of: 'cases',
  };
}

/** Quantiles of Student's t for 95 %, by degrees of freedom from 19 on; close enough for 20 seeds and more. */
const student = (freedom: number) => z + 2.5 / freedom;

export function meanOf(values: number[]): Estimate {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const variance =
    values.reduce((sum, one) => sum + (one - value) ** 2, 0) /
    Math.max(count - 1, 1);
  const half = student(Math.max(count - 1, 1)) * Math.sqrt(variance / count);
  return { value, low: value - half, high: value + half, count, of: 'seeds' };
}
