/** @public */
export interface MassFailureOptions {
  /** Tests that failed in the first try of one run, and tests that ran. */
  failed: number;
  total: number;
  /** The share of tests that usually fail: 0.001. */
  usual?: number;
}

const almostAll = 0.8;
const factor = 10;
const fewest = 10;

/**
 * Whether so many tests failed at once that it says nothing about each of them: more than 80 %, or more than ten times
 * as many as usual. Leave such runs out before you update tests.
 *
 * @public
 */
export function isMassFailure(options: MassFailureOptions): boolean {
  const { failed, total, usual = 0.001 } = options;
  return (
    (failed >= 3 && failed > almostAll * total) ||
    (failed >= fewest && failed > factor * usual * total)
  );
}
