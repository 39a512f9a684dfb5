/**
 * A file is not a test report, is malformed, or breaks a limit. The message says what and where.
 *
 * @public
 */
export class TestReportError extends Error {
  readonly name = 'TestReportError';
}
