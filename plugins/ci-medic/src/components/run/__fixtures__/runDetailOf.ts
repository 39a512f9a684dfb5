import { Job, RunDetail, TestCase } from '@ci-medic/plugin-ci-medic-common';
import { runSummaryOf } from '../../health/__fixtures__/runSummaryOf';

const NO_TESTS = { passed: 0, failed: 0, skipped: 0, flaky: 0 };

/** A job that passed unless told otherwise. */
export function jobOf(change: Partial<Job> = {}): Job {
  return {
    id: 'job-2',
    externalId: '2',
    runId: 'run-1',
    attempt: 2,
    name: 'lint',
    status: 'completed',
    conclusion: 'success',
    durationMs: 21_000,
    queueMs: 4_000,
    runner: { labels: [] },
    steps: [],
    log: { state: 'stored', lines: 200 },
    tests: NO_TESTS,
    ...change,
  };
}

/** The second of two attempts: one job passed, one failed. */
export function runDetailOf(change: Partial<RunDetail> = {}): RunDetail {
  const {
    attempts: _attempts,
    failedJobs: _failedJobs,
    incidentIds: _incidentIds,
    ...run
  } = runSummaryOf({ pullRequests: [7] });
  return {
    run,
    attempts: [1, 2],
    entityRefs: ['component:default/shop'],
    jobs: [
      jobOf(),
      jobOf({
        id: 'job-1',
        name: 'test',
        conclusion: 'failure',
        runner: { name: 'runner-7', group: 'large', labels: ['self-hosted'] },
        steps: [
          {
            number: 1,
            name: 'npm ci',
            status: 'completed',
            conclusion: 'success',
            durationMs: 21_000,
          },
          {
            number: 2,
            name: 'npm test',
            status: 'completed',
            conclusion: 'failure',
            durationMs: 48_200,
          },
        ],
        url: 'https://ci.example/job/1',
        tests: { passed: 311, failed: 1, skipped: 4, flaky: 0 },
        incidentId: 'incident-1',
      }),
    ],
    tests: { passed: 2, failed: 0, skipped: 0, flaky: 0 },
    problems: [],
    ...change,
  };
}

/** A failed test case unless told otherwise. */
export function testCaseOf(change: Partial<TestCase> = {}): TestCase {
  return {
    id: 'case-1',
    runId: 'run-1',
    attempt: 2,
    jobId: 'job-1',
    name: 'applies a discount once',
    file: 'src/Cart.test.ts',
    line: 43,
    outcome: 'failed',
    flaky: false,
    durationMs: 65,
    message: 'expected 1080',
    details: 'at Cart.test.ts:43:26',
    report: 'junit / junit.xml',
    ...change,
  };
}
