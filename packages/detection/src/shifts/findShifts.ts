import { DetectionInputError } from '../DetectionInputError';
import { varianceOf } from '../statistics/quantiles';
import { bestSplit } from './splitAt';

/** @public */
export interface FindShiftsOptions {
  /** Evidence that a change needs, in logarithms of the length: 3. */
  penalty?: number;
  /** The fewest values between changes: 10. */
  segment?: number;
}

/**
 * Finds all changes of the level of a finished series by binary segmentation, looking back from its end; use
 * {@link updateShifts} while it grows. A change has to stand out of the whole series, and of its own stretch by a t test.
 * Answers the index of the first value of each new level.
 *
 * @throws DetectionInputError when a value is not finite
 *
 * @public
 */
export function findShifts(
  values: number[],
  options: FindShiftsOptions = {},
): number[] {
  const { penalty = 3, segment = 10 } = options;
  const wrong = values.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new DetectionInputError(
      `Value ${wrong} is ${values[wrong]}, not a finite number`,
    );
  }
  const needed = penalty * Math.log(values.length) * varianceOf(values);
  const found: number[] = [];
  const open: [number, number][] = [[0, values.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    const split = bestSplit(values, from, to, segment);
    if (split) {
      const left = split.index;
      const right = to - from - left;
      const gain =
        ((left * right) / (left + right)) * (split.before - split.after) ** 2;
      if (
        gain > needed &&
        split.statistic > 2 * penalty * Math.log(to - from)
      ) {
        found.push(from + left);
        open.push([from, from + left], [from + left, to]);
      }
    }
  }
  return found.sort((a, b) => a - b);
}
