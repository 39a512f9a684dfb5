import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { parseTestReport } from './parseTestReport';
import { TestReportError } from './TestReportError';
import { TestCaseResult } from './types';

const data = join(
  process.env.CI_MEDIC_DATA ?? join(__dirname, '../../../../shared/data'),
  'test_reports',
);
const hasData = existsSync(data);
const describeWithData = hasData ? describe : describe.skip;
const reason = hasData ? '' : ' (skipped: the public data is not here)';

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}

function read(path: string) {
  return parseTestReport(readFileSync(path), { fileName: basename(path) });
}

/** Counts tests as the expectations do: runs of one test are one test, and its worst outcome counts. */
function tally({ summary, cases }: ReturnType<typeof parseTestReport>) {
  const { cases: tests, passed, failed, error, skipped } = summary;
  if (cases.length === 0) {
    return { tests, passed, failed, error, skipped };
  }
  const worst = ['error', 'failed', 'passed', 'skipped'] as const;
  const byName = new Map<string, TestCaseResult['outcome']>();
  cases.forEach((one, index) => {
    // There, tests of xUnit.net are known by their method.
    const name =
      summary.format === 'xunit' ? one.name.split(/[<(]/)[0] : one.name;
    const { file, className, suite } = one;
    const place = [file, className, className ? '' : suite];
    const key = JSON.stringify(
      name === '(no name)' ? [index] : [...place, name],
    );
    const known = byName.get(key) ?? 'skipped';
    byName.set(
      key,
      worst.indexOf(one.outcome) < worst.indexOf(known) ? one.outcome : known,
    );
  });
  const of = (outcome: string) =>
    [...byName.values()].filter(one => one === outcome).length;
  return {
    tests: byName.size,
    passed: of('passed'),
    failed: of('failed'),
    error: of('error'),
    skipped: of('skipped'),
  };
}

describeWithData(`public reports${reason}`, () => {
  it('have exactly the expected results', () => {
    const root = join(data, 'enricomi');
    const found: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const path of filesOf(root)) {
      const stem = path.replace(/\.(xml|trx|json)$/, '');
      if (stem === path || path.endsWith('.results.json')) {
        continue;
      }
      const name = relative(root, path);
      if (existsSync(`${stem}.exception`)) {
        expected[name] = 'rejected';
      } else {
        const { stats } = JSON.parse(
          readFileSync(`${stem}.results.json`, 'utf8'),
        );
        expected[name] = {
          tests: stats.tests,
          passed: stats.tests_succ,
          failed: stats.tests_fail,
          error: stats.tests_error,
          skipped: stats.tests_skip,
        };
      }
      try {
        found[name] = tally(read(path));
      } catch (error) {
        found[name] = error instanceof TestReportError ? 'rejected' : error;
      }
    }
    expect(Object.keys(expected).length).toBeGreaterThan(70);
    expect(found).toEqual(expected);
  });

  it.each([
    ['flaky_retries/flaky_success_first', 1, 1, 0, { test_success_first: 2 }],
    ['flaky_retries/flaky_with_classname_file', 3, 3, 0, { test_foo: 2 }],
    ['flaky_retries/flaky_all_failures', 1, 0, 0, {}],
    ['junit_flaky_failure/mixed_flaky_and_passed', 3, 3, 0, { testFlaky: 1 }],
    [
      'junit_flaky_failure/marathon_junit_report',
      1,
      1,
      0,
      {
        testFlakyFailure: 1,
      },
    ],
    ['maven_surefire_flaky/surefire-report', 1, 1, 0, { createWebhook: 1 }],
    ['junit-web-test/expectedRetries', 7, 5, 1, { 'retried flaky test': 1 }],
    ['python/report_flaky', 4, 2, 0, {}],
  ])('tell the retries of %s', (path, cases, passed, skipped, flaky) => {
    const found = read(join(data, 'mikepenz', `${path}.xml`));
    expect(found.summary).toMatchObject({ cases, passed, skipped });
    const retries = found.cases
      .filter(one => one.flaky)
      .map(one => [one.name, one.retries]);
    expect(Object.fromEntries(retries)).toEqual(flaky);
  });

  it('have the totals that another reader found', () => {
    const outputs = join(data, 'dorny/__outputs__');
    const totals =
      /\*\*(\d+)\*\* tests were completed in .* with \*\*(\d+)\*\* passed, \*\*(\d+)\*\* failed and \*\*(\d+)\*\* skipped/;
    const place = /^## .*?>(fixtures\/[^<]+)<\/a>/m;
    const found: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const path of filesOf(outputs)) {
      const text = readFileSync(path, 'utf8');
      const file = place.exec(text)?.[1];
      const numbers = totals.exec(text)?.slice(1).map(Number);
      const source = file && join(dirname(outputs), file);
      if (source && numbers && existsSync(source)) {
        const { cases, passed, failed, error, skipped } = read(source).summary;
        found[file] = [cases, passed, failed + error, skipped];
        expected[file] = numbers;
      }
    }
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    expect(found).toEqual(expected);
  });
});
