import { Job, RunDetail } from '@ci-medic/plugin-ci-medic-common';

/**
 * The test cases of an attempt: those of its jobs and those that no job could be named for.
 */
export function countTests(detail: RunDetail): Job['tests'] {
  const sum = { ...detail.tests };
  for (const { tests } of detail.jobs) {
    sum.passed += tests.passed;
    sum.failed += tests.failed;
    sum.skipped += tests.skipped;
    sum.flaky += tests.flaky;
  }
  return sum;
}
