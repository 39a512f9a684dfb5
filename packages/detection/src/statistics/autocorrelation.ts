import { mean } from './quantiles';

/**
 * Lag-1 autocorrelation of several stretches of one series around their own means, in 0..0.9. The estimate's downward
 * bias in short series (Kendall 1954) is added back.
 */
export function autocorrelation(...stretches: ArrayLike<number>[]): number {
  let products = 0;
  let squares = 0;
  let count = 0;
  for (const values of stretches) {
    const center = mean(values);
    for (let index = 0; index < values.length; index++) {
      const here = values[index] - center;
      squares += here * here;
      if (index > 0) {
        products += here * (values[index - 1] - center);
      }
    }
    count += values.length;
  }
  if (!(squares > 0)) {
    return 0;
  }
  const plain = products / squares;
  const length = count / stretches.length;
  return Math.min(Math.max(plain + (1 + 3 * plain) / length, 0), 0.9);
}
