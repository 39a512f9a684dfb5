/**
 * What became of a test case.
 *
 * @public
 */
export type TestOutcome = 'passed' | 'failed' | 'error' | 'skipped';

/**
 * One test case of a report.
 *
 * @public
 */
export type TestCaseResult = {
  /** Names of the suites around it, outermost first, joined by ` > `. */
  suite?: string;
  className?: string;
  name: string;
  /** Path of the source file as the report has it. */
  file?: string;
  /** Line in `file`, from 0. */
  line?: number;
  outcome: TestOutcome;
  /** It failed and passed within this report. */
  flaky: boolean;
  /** Runs after the first. */
  retries: number;
  /** Milliseconds. */
  durationMs?: number;
  /** At most 4,000 characters. */
  message?: string;
  /** Stack trace and output of the failure, at most 32,000 characters. */
  details?: string;
};

/**
 * How a report is written.
 *
 * @public
 */
export type TestReportFormat =
  | 'junit'
  | 'trx'
  | 'nunit'
  | 'xunit'
  | 'dart-json'
  | 'go-json'
  | 'mocha-json'
  | 'rspec-json';

/**
 * Number of test cases of a report by outcome. Flaky ones are among the passed ones too.
 *
 * @public
 */
export type TestReportSummary = {
  format: TestReportFormat;
  cases: number;
  passed: number;
  failed: number;
  error: number;
  skipped: number;
  flaky: number;
  /** Cases beyond `maxCases`, which were counted only. */
  dropped: number;
};
