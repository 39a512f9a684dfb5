import {
  Job,
  RunDetail,
  RunSummary,
  Step,
  TestCase,
} from '@ci-medic/plugin-ci-medic-common';
import { demoLog } from './demoLog';

const NAMES = ['lint', 'test (ubuntu, 22)', 'test (windows, 22)', 'package'];
const STEPS = ['Set up job', 'actions/checkout', 'npm ci', 'npm test'];

function stepsOf(failed: boolean): Step[] {
  return STEPS.map((name, index) => ({
    number: index + 1,
    name,
    status: 'completed',
    conclusion: failed && index === 3 ? 'failure' : 'success',
    durationMs: [1_200, 3_400, 21_000, 48_200][index],
  }));
}

function conclusionOf(options: { failed: boolean; skipped: boolean }) {
  if (options.skipped) {
    return 'skipped';
  }
  return options.failed ? 'failure' : 'success';
}

function jobsOf(run: RunSummary, attempt: number): Job[] {
  const isFailed = attempt < run.attempt || run.conclusion === 'failure';
  return NAMES.map((name, index) => {
    const failed = isFailed && index === 1;
    const skipped = isFailed && index === 3;
    const id = `${run.id}-${attempt}-${index}`;
    return {
      id,
      externalId: id,
      runId: run.id,
      attempt,
      name,
      status: 'completed',
      conclusion: conclusionOf({ failed, skipped }),
      startedAt: run.startedAt,
      durationMs: skipped ? undefined : 74_000 + index * 9_000,
      queueMs: skipped ? undefined : 4_000 + index * 2_500,
      runner: skipped
        ? { labels: [] }
        : {
            name: `GitHub Actions ${1000000123 + index}`,
            group: 'GitHub Actions',
            labels: ['ubuntu-latest'],
          },
      steps: skipped ? [] : stepsOf(failed),
      url: `${run.url}/job/${index}`,
      log: skipped
        ? { state: 'skipped', reason: 'The job did not run.' }
        : {
            state: 'stored',
            lines: demoLog.length,
            redactions: index === 1 ? { 'github-token': 2 } : undefined,
          },
      tests:
        index === 1 || index === 2
          ? {
              passed: failed ? 311 : 312,
              failed: Number(failed),
              skipped: 4,
              flaky: index - 1,
            }
          : { passed: 0, failed: 0, skipped: 0, flaky: 0 },
      incidentId: failed ? 'incident-1' : undefined,
    };
  });
}

/** One attempt of a run. */
export function demoRunDetail(run: RunSummary, attempt: number): RunDetail {
  const { attempts, failedJobs: _, incidentIds: __, ...latest } = run;
  const asked = attempts.find(one => one.attempt === attempt);
  return {
    run: { ...latest, ...asked, attempt },
    attempts: attempts.map(one => one.attempt),
    entityRefs: ['component:default/shop'],
    jobs: jobsOf(run, attempt),
    tests: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    problems:
      run.conclusion === 'failure'
        ? [
            {
              subject: 'artifact coverage.zip',
              reason: 'It expands to more than 200 MB, which is refused.',
            },
          ]
        : [],
  };
}

/** The test cases of an attempt, failed first. */
export function demoTestCases(run: RunSummary, attempt: number): TestCase[] {
  const [, first, second] = jobsOf(run, attempt);
  const caseOf = (
    job: Job,
    index: number,
    change: Partial<TestCase>,
  ): TestCase => ({
    id: `${job.id}-${index}`,
    runId: run.id,
    attempt,
    jobId: job.id,
    suite: 'Cart',
    name: `Cart › items › keeps item ${index}`,
    file: 'src/cart/Cart.test.ts',
    line: 12 + index,
    outcome: 'passed',
    flaky: false,
    durationMs: 3 + index * 2,
    report: `${job.name}-junit / junit.xml`,
    ...change,
  });
  return [
    ...(first.conclusion === 'failure'
      ? [
          caseOf(first, 31, {
            name: 'Cart › totals › applies a discount once',
            outcome: 'failed',
            message: 'expect(received).toBe(expected)',
            details:
              'Expected: 1080\nReceived: 972\n    at Object.<anonymous> (src/cart/Cart.test.ts:43:26)',
          }),
        ]
      : []),
    caseOf(second, 32, {
      name: 'Payment › retries when the gateway is away',
      file: 'src/payment/Payment.test.ts',
      flaky: true,
      durationMs: 5_210,
      message: 'Passed at the second try: connect ETIMEDOUT 10.0.0.7:443',
    }),
    ...[1, 2, 3, 4].map(n => caseOf(first, n, { outcome: 'skipped' })),
    ...Array.from({ length: 60 }, (_, n) => caseOf(second, n + 40, {})),
  ];
}
