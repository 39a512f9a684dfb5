import { Share } from './schemas';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A share with its 95 % score interval (E. B. Wilson, 1927), which stays within 0 and 1 and holds for few cases.
 *
 * @public
 */
export function wilsonInterval(successes: number, n: number): Share {
  const value = successes / n;
  const center = value + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((value * (1 - value)) / n + (Z / (2 * n)) ** 2);
  const scale = 1 + (Z * Z) / n;
  return {
    value,
    low: Math.max(0, (center - spread) / scale),
    high: Math.min(1, (center + spread) / scale),
    n,
  };
}
