import { resampledInterval, shareInterval } from './intervals';

/** A figure with its 95 % interval and the number of its cases. */
export type Figure = { value: number; interval: [number, number]; n: number };

export const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

/** A share with Wilson's interval; `undefined` without cases. */
export function shareOf(hits: number, n: number): Figure | undefined {
  if (n === 0) {
    return undefined;
  }
  const [low, high] = shareInterval(hits, n);
  return {
    value: rounded(hits / n),
    interval: [rounded(low), rounded(high)],
    n,
  };
}

/** Any figure of cases, with an interval by resampling them; `undefined` without cases. */
export function figureOf<T>(
  cases: T[],
  figure: (drawn: T[]) => number,
): Figure | undefined {
  if (cases.length === 0) {
    return undefined;
  }
  const [low, high] = resampledInterval(cases, figure);
  return {
    value: rounded(figure(cases)),
    interval: [rounded(low), rounded(high)],
    n: cases.length,
  };
}
