import { DetectionInputError } from '../DetectionInputError';
import { Point } from './Point';

/** Latest time that a `Date` can hold. */
const latest = 8.64e15;

/**
 * Refuses points that are not numbers or not in order.
 *
 * @throws DetectionInputError that names the point
 */
export function checkPoints(points: Point[], after = -Infinity) {
  let last = after;
  for (let index = 0; index < points.length; index++) {
    const { seq, at, value } = points[index];
    if (!Number.isFinite(value)) {
      throw new DetectionInputError(
        `The value of point ${seq} is ${value}, not a finite number`,
      );
    }
    if (!Number.isSafeInteger(seq) || seq <= last) {
      throw new DetectionInputError(
        `Point ${seq} comes after ${last}; whole numbers that rise are needed`,
      );
    }
    if (!(Math.abs(at) <= latest)) {
      throw new DetectionInputError(`Point ${seq} has the time ${at}`);
    }
    last = seq;
  }
}

/**
 * Refuses the state of another version of an algorithm: the series has to be read again.
 *
 * @throws DetectionInputError
 */
export function checkVersion(
  name: string,
  state: { version: number },
  version: number,
) {
  if (state.version !== version) {
    throw new DetectionInputError(
      `The state of ${name} has version ${state.version}, this is version ${version}: read the series again from its beginning`,
    );
  }
}
