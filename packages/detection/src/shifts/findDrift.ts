import { normalBelow } from '../statistics/normal';
import { median } from '../statistics/quantiles';

/** A steady change over weeks. */
export interface Drift {
  /** Change over all weeks, on the scale of the values. */
  change: number;
  from: number;
  to: number;
  weeks: number;
  /** Chance of such order without any drift, both directions. */
  chance: number;
}

/**
 * The steady change of weekly medians: slope of Theil and Sen, chance of Mann and Kendall's test, with correction for
 * continuity.
 */
export function findDrift(medians: number[]): Drift | undefined {
  const count = medians.length;
  if (count < 2) {
    return undefined;
  }
  let order = 0;
  const slopes: number[] = [];
  for (let later = 1; later < count; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const difference = medians[later] - medians[earlier];
      order += Math.sign(difference);
      slopes.push(difference / (later - earlier));
    }
  }
  const slope = median(slopes);
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const z = Math.max(Math.abs(order) - 1, 0) / deviation;
  const level = median(medians.map((value, week) => value - slope * week));
  return {
    change: slope * (count - 1),
    from: level,
    to: level + slope * (count - 1),
    weeks: count,
    chance: 2 * (1 - normalBelow(z)),
  };
}
