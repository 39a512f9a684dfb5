import { SeriesPoint, UsualRange } from '@ci-medic/plugin-ci-medic-common';

/** Of fewer points nobody can say what is usual. */
const LEAST = 12;

/**
 * What is usual between the times at which a series moved: the range in which 95 of 100 points are.
 *
 * @param points - in order
 * @param moves - times at which the level changed, in any order
 */
export function usualRanges(
  points: SeriesPoint[],
  moves: number[],
  options: { isShare: boolean },
): UsualRange[] {
  // Of 0 and 1, no range says anything.
  if (options.isShare) {
    return [];
  }
  const borders = [...new Set(moves)].sort((left, right) => left - right);
  const segments: SeriesPoint[][] = [[]];
  for (const point of points) {
    const at = Date.parse(point.at);
    while (borders.length > 0 && at >= borders[0]) {
      borders.shift();
      segments.push([]);
    }
    segments[segments.length - 1].push(point);
  }
  return segments
    .filter(segment => segment.length >= LEAST)
    .map(segment => {
      const values = segment
        .map(({ value }) => value)
        .sort((left, right) => left - right);
      return {
        from: segment[0].at,
        to: segment[segment.length - 1].at,
        low: quantile(values, 0.025),
        middle: quantile(values, 0.5),
        high: quantile(values, 0.975),
      };
    });
}

/** Linear between the two nearest ranks: type 7 of Hyndman and Fan (1996). */
function quantile(sorted: number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
