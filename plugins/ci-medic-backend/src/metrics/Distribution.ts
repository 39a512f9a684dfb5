/** Upper bounds of the buckets, in seconds. */
export const bounds = [15, 60, 180, 300, 600, 1_200, 1_800, 3_600];

/** How values are distributed, as histograms of Prometheus have it; the last count is of what is above all bounds. */
export type Distribution = { sum: number; counts: number[] };

export function emptyDistribution(): Distribution {
  return { sum: 0, counts: new Array(bounds.length + 1).fill(0) };
}

/** Takes in one value. */
export function addTo(distribution: Distribution, seconds: number): void {
  const found = bounds.findIndex(bound => seconds <= bound);
  distribution.counts[found < 0 ? bounds.length : found] += 1;
  distribution.sum += seconds;
}

/** Takes in all values of another one. */
export function merge(into: Distribution, other: Distribution): void {
  other.counts.forEach((count, index) => {
    into.counts[index] += count;
  });
  into.sum += other.sum;
}
