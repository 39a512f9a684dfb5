import { CaseCollector } from '../CaseCollector';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';

/** The report of Mocha's `json` reporter. */
export function readMocha(report: any, collector: CaseCollector): void {
  if (!Array.isArray(report?.tests)) {
    throw new TestReportError('The report is not one of Mocha: no tests');
  }
  const keysOf = (tests: unknown): Set<string> =>
    new Set(Array.isArray(tests) ? tests.map(keyOf) : []);
  const pending = keysOf(report.pending);
  const failures = keysOf(report.failures);
  for (const test of report.tests) {
    const { title, fullTitle, file, duration, currentRetry, err } = test ?? {};
    const error = err && Object.keys(err).length > 0 ? err : undefined;
    const key = keyOf(test);
    let outcome: TestOutcome = 'passed';
    if (pending.has(key)) {
      outcome = 'skipped';
    } else if (error || failures.has(key)) {
      outcome = isAssertion(error) ? 'failed' : 'error';
    }
    const name = String(fullTitle ?? title ?? '');
    const own = String(title ?? '');
    collector.add({
      suite: name.endsWith(own)
        ? name.slice(0, name.length - own.length).trim()
        : undefined,
      name: own || name,
      file: typeof file === 'string' ? file : undefined,
      outcome,
      retries: typeof currentRetry === 'number' ? currentRetry : 0,
      flaky: outcome === 'passed' && currentRetry > 0,
      durationMs: typeof duration === 'number' ? duration : undefined,
      message: error && String(error.message ?? ''),
      details: error && String(error.stack ?? ''),
    });
  }
}

/** What is thrown by anything else than an assertion is an error of the test itself. */
function isAssertion(error: any): boolean {
  return (
    error?.name === undefined ||
    /assert/i.test(`${error.name} ${error.code ?? ''}`) ||
    error.actual !== undefined ||
    error.expected !== undefined
  );
}

function keyOf(test: any): string {
  return JSON.stringify([test?.fullTitle, test?.file]);
}
