/**
 * Test reports of many frameworks in, test cases out.
 *
 * @packageDocumentation
 */

export * from './createTestReportParser';
export * from './parseTestReport';
export * from './recognizeTestReport';
export * from './TestReportError';
export * from './types';
