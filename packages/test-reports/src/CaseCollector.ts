import { capText } from './capText';
import {
  TestCaseResult,
  TestOutcome,
  TestReportFormat,
  TestReportSummary,
} from './types';

/** A test case as a format tells it. */
export type ReportedCase = Omit<TestCaseResult, 'flaky' | 'retries'> & {
  flaky?: boolean;
  retries?: number;
};

const MESSAGE_LENGTH = 4_000;
const DETAILS_LENGTH = 32_000;
const NAME_LENGTH = 1_000;
/** Characters of messages and details over a whole report. */
const TEXT_BUDGET = 64 * 1024 ** 2;

/**
 * Gathers the cases of a report. Several runs of one case become one, and it is flaky if some failed and some passed.
 */
export class CaseCollector {
  readonly #maxCases: number;
  readonly #cases = new Map<string, TestCaseResult[]>();
  #count = 0;
  #dropped = 0;
  readonly #counted = { passed: 0, failed: 0, error: 0, skipped: 0 };
  #textLength = 0;

  constructor(maxCases: number) {
    this.#maxCases = maxCases;
  }

  add(reported: ReportedCase): void {
    if (this.#count >= this.#maxCases) {
      this.#dropped++;
      return;
    }
    this.#count++;
    const testCase = this.#cap(reported);
    const { suite, className, name, file } = testCase;
    // Cases without a name have nothing that says that they are the same.
    const own = reported.name ? undefined : this.#count;
    const key = JSON.stringify([suite, className, name, file, own]);
    const same = this.#cases.get(key);
    if (same) {
      same.push(testCase);
    } else {
      this.#cases.set(key, [testCase]);
    }
  }

  /** Counts cases of which a report tells the number only. */
  count(counts: Partial<Record<TestOutcome, number>>): void {
    for (const [outcome, count] of Object.entries(counts)) {
      this.#counted[outcome as TestOutcome] += count;
    }
  }

  finish(
    format: TestReportFormat,
    onCase: (testCase: TestCaseResult) => void,
  ): TestReportSummary {
    const summary: TestReportSummary = {
      format,
      ...this.#counted,
      cases: Object.values(this.#counted).reduce((sum, n) => sum + n),
      flaky: 0,
      dropped: this.#dropped,
    };
    for (const same of this.#cases.values()) {
      for (const testCase of mergeRuns(same)) {
        summary.cases++;
        summary[testCase.outcome]++;
        summary.flaky += testCase.flaky ? 1 : 0;
        onCase(testCase);
      }
    }
    return summary;
  }

  #cap(reported: ReportedCase): TestCaseResult {
    const { durationMs, line } = reported;
    const message = capText(reported.message, MESSAGE_LENGTH);
    const details = capText(reported.details, DETAILS_LENGTH);
    this.#textLength += (message?.length ?? 0) + (details?.length ?? 0);
    const isWithin = this.#textLength <= TEXT_BUDGET;
    return {
      outcome: reported.outcome,
      suite: capText(reported.suite, NAME_LENGTH),
      className: capText(reported.className, NAME_LENGTH),
      name: capText(reported.name, NAME_LENGTH) ?? '(no name)',
      file: capText(reported.file, NAME_LENGTH),
      line: isCount(line) ? Math.trunc(line) : undefined,
      flaky: reported.flaky ?? false,
      retries: isCount(reported.retries) ? Math.trunc(reported.retries) : 0,
      durationMs: isCount(durationMs) ? durationMs : undefined,
      message: isWithin ? message : undefined,
      details: isWithin ? details : undefined,
    };
  }
}

function isCount(value: number | undefined): value is number {
  return Number.isFinite(value) && value! >= 0;
}

function hasFailed({ outcome }: TestCaseResult): boolean {
  return outcome === 'failed' || outcome === 'error';
}

/**
 * Which of the cases with one name are runs of the same. Where some failed and some passed, they are; where all failed,
 * those from one line are; and where all passed there was nothing to run again: they differ in their parameters.
 */
function mergeRuns(same: TestCaseResult[]): TestCaseResult[] {
  const failures = same.filter(hasFailed);
  const pass = same.find(({ outcome }) => outcome === 'passed');
  const retries = same.length - 1;
  if (pass && failures.length > 0) {
    const { message, details } = failures[0];
    return [{ ...pass, flaky: true, retries, message, details }];
  }
  const [{ line }] = same;
  const isOneLine = line !== undefined && same.every(one => one.line === line);
  return retries > 0 && failures.length === same.length && isOneLine
    ? [{ ...failures[retries], retries }]
    : same;
}
