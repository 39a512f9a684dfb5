import { isMassFailure, TestResult, updateTest } from '@ci-medic/detection';
import { TestRun, TestRunCase } from './readTestRuns';
import { TestMemory } from './TestBody';

const MOST_NEIGHBOURS = 5;
const LONGEST_MESSAGE = 120;

/**
 * Lets tests remember what came of them in an attempt. Jobs in which so much failed that it says nothing about each test
 * are left out.
 */
export function takeTestRun(
  run: TestRun,
  tests: Map<string, TestMemory>,
): void {
  const { sha, at, jobs, failedBefore, outages } = run;
  for (const [job, cases] of byJob(run.cases)) {
    const failed = cases.filter(({ outcome }) => outcome === 'failed');
    const isTelling =
      !outages.has(job) &&
      !isMassFailure({ failed: failed.length, total: cases.length });
    if (!isTelling) {
      continue;
    }
    const recovered = cases.filter(
      one => one.outcome === 'passed' && failedBefore.has(one.testId),
    );
    const share = (jobs.get(job)?.minutes ?? 0) / Math.max(1, recovered.length);
    for (const one of cases) {
      const test = tests.get(one.testId);
      if (!test) {
        continue;
      }
      const shared = { sha, at, runner: jobs.get(job)?.runner };
      const failure: TestResult = {
        ...shared,
        outcome: 'fail',
        message: one.message && maskMessage(one.message),
        neighbours: failed
          .filter(({ testId }) => testId !== one.testId)
          .slice(0, MOST_NEIGHBOURS)
          .map(({ name }) => name),
      };
      const results: TestResult[] =
        one.outcome === 'failed'
          ? [failure]
          : [
              ...(one.flaky ? [failure] : []),
              { ...shared, outcome: 'pass' as const },
            ];
      test.state = updateTest(test.state, results);
      if (recovered.includes(one)) {
        test.body.costMinutes += share;
      }
    }
  }
}

function byJob(cases: TestRunCase[]): Map<string, TestRunCase[]> {
  const jobs = new Map<string, TestRunCase[]>();
  for (const one of cases) {
    const known = jobs.get(one.job);
    if (known) {
      known.push(one);
    } else {
      jobs.set(one.job, [one]);
    }
  }
  return jobs;
}

/** The same text for the same failure: without what varies. */
function maskMessage(message: string): string {
  return message
    .slice(0, LONGEST_MESSAGE)
    .replace(/0x[0-9a-f]+|[0-9a-f]{8,}|\d+/gi, '#');
}
