import { SegmentLikelihood } from './SegmentLikelihood';

const { firstTry, again } = SegmentLikelihood;

/** Sums over events: how many, how many failed, were tried again, and failed again. */
export interface Sums {
  count: number;
  failed: number;
  retried: number;
  failedAgain: number;
}

export function likelihood(
  count: number,
  failed: number,
  retried: number,
  failedAgain: number,
): number {
  return (
    firstTry.of(failed, count) +
    (retried > 0 ? again.of(failedAgain, retried) : 0)
  );
}
