import { DetectionInputError } from '../DetectionInputError';
import { checkVersion } from '../series/checkPoints';
import { TestHistory } from './TestHistory';
import { TestResult, TestState } from './types';

/**
 * Reads the next results of a test. Leave out runs in which {@link isMassFailure} and commits of an outage.
 *
 * @throws DetectionInputError when a result is not one
 *
 * @public
 */
export function updateTest(state: TestState, results: TestResult[]): TestState {
  checkVersion('tests', state, 1);
  const history = TestHistory.restore(state);
  for (const result of results) {
    const { sha, at, outcome } = result;
    if (
      typeof sha !== 'string' ||
      !Number.isFinite(at) ||
      !['pass', 'fail'].includes(outcome)
    ) {
      throw new DetectionInputError(
        `A result needs a commit, a time and pass or fail, not ${sha}, ${at} and ${outcome}`,
      );
    }
    history.read(result);
  }
  return history.toState();
}
