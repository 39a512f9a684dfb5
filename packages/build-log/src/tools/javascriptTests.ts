import { shareAll } from './ToolRule';

/** Jest, Vitest, Mocha, Playwright, Karma, node:test and TAP. */
export const javascriptTests = shareAll(
  { kind: 'test-failure', reason: 'test_failure' as const, weight: 82 },
  [
    {
      tool: 'jest',
      words: ['*symbol'],
      pattern:
        /^\s{0,4}● (?!Console$)(?<test>.{1,400} › .{1,400}|Test suite failed to run)$/,
    },
    {
      tool: 'jest',
      kind: 'test-file-failed',
      weight: 55,
      words: ['fail'],
      pattern:
        /^\s{0,4}(?:FAIL)\s{1,4}(?:\S{1,40} )?(?<file>\S{1,300}\.[cm]?[jt]sx?)\b(?: > (?<test>.*))?/,
    },
    {
      tool: 'vitest',
      words: ['fail'],
      pattern:
        /^\s{0,3}FAIL\s{1,4}(?:\S{1,40} )?(?<file>\S{1,300}\.[cm]?[jt]sx?) > (?<test>.*)/,
    },
    {
      tool: 'javascript-tests',
      weight: 72,
      words: ['*symbol'],
      pattern: /^\s{0,12}(?:✕|✗|✖|×|❌|✘)\s{1,3}(?<test>[^\d\s].{0,300})/,
    },
    {
      tool: 'mocha',
      weight: 45,
      words: ['*number'],
      pattern: /^\s{2,12}\d{1,4}\) (?<test>\S.{0,300}):?$/,
    },
    {
      tool: 'mocha',
      kind: 'summary',
      weight: 45,
      words: ['failing'],
      pattern: /^\s{1,4}[1-9]\d* failing$/,
    },
    {
      tool: 'playwright',
      weight: 80,
      words: ['*number'],
      pattern:
        /^\s{1,4}\d{1,4}\) (?:\[[^\]]{1,60}\] › )?(?<file>\S{1,200}):(?<sourceLine>\d+):(?<column>\d+) › (?<test>.{1,300})/,
    },
    {
      tool: 'karma',
      words: ['failed'],
      pattern:
        /^(?:Headless|Chrome|Firefox|Safari)[^()]{0,80}\([^)]{0,60}\) (?<test>.{1,300}) FAILED$/,
    },
    {
      tool: 'tap',
      weight: 75,
      words: ['ok'],
      pattern:
        /^\s{0,16}not ok \d+(?: -)? (?!.{0,300}# (?:TODO|SKIP))(?<test>.{0,300})/,
      until: /^\s{0,16}(?:ok|not ok|1\.\.|#) ?/,
    },
    {
      tool: 'jest',
      kind: 'summary',
      weight: 40,
      words: ['tests', 'suites', 'files'],
      pattern:
        /^\s{0,4}(?:Tests|Test Suites|Test Files):?\s{1,6}[1-9]\d* failed/,
    },
    {
      tool: 'jest',
      weight: 60,
      words: ['expected', 'received', 'actual'],
      pattern: /^\s{0,12}(?:[-+] )?(?:Expected|Received|Actual)\b.{0,60}:/,
    },
  ],
);
