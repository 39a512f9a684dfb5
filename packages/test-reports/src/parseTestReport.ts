import { createTestReportParser } from './createTestReportParser';
import { recognizeTestReport } from './recognizeTestReport';
import { TestReportError } from './TestReportError';
import { TestCaseResult, TestReportFormat, TestReportSummary } from './types';

/**
 * Reads a whole report of any known format.
 *
 * @param input - the file's bytes
 * @throws TestReportError when it is not a report or malformed.
 *
 * @public
 */
export function parseTestReport(
  input: Uint8Array | string,
  options?: { format?: TestReportFormat; fileName?: string },
): { summary: TestReportSummary; cases: TestCaseResult[] } {
  if (input.length === 0) {
    throw new TestReportError('The report is empty');
  }
  const format =
    options?.format ?? recognizeTestReport(input, options?.fileName);
  if (!format) {
    throw new TestReportError('This is not a test report of a known format');
  }
  const cases: TestCaseResult[] = [];
  const parser = createTestReportParser({
    format,
    onCase: testCase => cases.push(testCase),
  });
  parser.write(input);
  return { summary: parser.end(), cases };
}
