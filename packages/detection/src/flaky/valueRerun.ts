import { formatShare } from '../statistics/formatNumbers';
import { RerunValue, TestState } from './types';

const entropy = (p: number) =>
  p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);

/** Of changes, how many break a given test: one in some thousand, learned from failures that stayed. */
const regressions = { a: 0.5, b: 1000 };

/** How often what is broken fails again. */
const brokenFails = 0.98;

/**
 * What one more run of a test that has just failed would tell: whether it is a flake or a regression.
 *
 * @public
 */
export function valueRerun(state: TestState): RerunValue {
  const { verdicts, flips, failures } = state;
  const rate = (0.34 + flips) / (0.34 + 11.5 + verdicts);
  const stayed = Math.min(failures.again, 10);
  const broken =
    (regressions.a + stayed) / (regressions.a + regressions.b + verdicts);
  // A test that was never seen to flip is flaky at all with 1.5 %.
  const flakyAtAll = flips > 0 ? 1 : 0.015;
  const flake = flakyAtAll * rate;
  const flaky = flake / (flake + broken);
  const passes = flaky * (1 - rate) + (1 - flaky) * (1 - brokenFails);
  const ifPassed = (flaky * (1 - rate)) / passes;
  const ifFailed = (flaky * rate) / (1 - passes);
  const information =
    entropy(flaky) -
    passes * entropy(ifPassed) -
    (1 - passes) * entropy(ifFailed);
  return {
    flaky,
    passes,
    information,
    sentence: `if it fails, a rerun passes with ${formatShare(
      passes,
    )}; a pass makes a flake ${formatShare(
      ifPassed,
    )} likely, a failure ${formatShare(ifFailed)}`,
  };
}
