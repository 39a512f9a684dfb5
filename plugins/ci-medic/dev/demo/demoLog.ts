import { Explanation, LogLine } from '@ci-medic/plugin-ci-medic-common';

const SETUP = [
  'Run actions/checkout@v5',
  'Syncing repository: acme/shop',
  'Getting Git version info',
  'Run actions/setup-node@v5',
  'Found in cache @ /opt/hostedtoolcache/node/22.20.0/x64',
];

const INSTALL = Array.from(
  { length: 40 },
  (_, index) => `npm http cache https://registry.example/package-${index} 12ms`,
);

const FAILURE = [
  'FAIL src/cart/Cart.test.ts',
  '  ● Cart › totals › applies a discount once',
  '',
  '    expect(received).toBe(expected) // Object.is equality',
  '',
  '    Expected: 1080',
  '    Received: 972',
  '',
  '      41 |     cart.add({ sku: "tea", price: 1200 });',
  '      42 |     cart.apply("SPRING10");',
  '    > 43 |     expect(cart.total()).toBe(1080);',
  '         |                          ^',
  '      at Object.<anonymous> (src/cart/Cart.test.ts:43:26)',
];

const END = [
  'Test Suites: 1 failed, 41 passed, 42 total',
  'Tests:       1 failed, 311 passed, 312 total',
  'Time:        48.2 s',
  'npm error Lifecycle script `test` failed with error:',
  'npm error code 1',
  '##[error]Process completed with exit code 1.',
];

function linesOf(
  texts: string[],
  change: Partial<LogLine>,
): Array<Omit<LogLine, 'number'>> {
  return texts.map(text => ({ level: 'info', ...change, text }));
}

const FAILED_STEP = 'npm test';

/** A job's log: checkout, install, and a test that fails. */
export const demoLog: LogLine[] = [
  ...linesOf(SETUP, { step: 'Set up job' }),
  ...linesOf(['npm ci'], { step: 'npm ci', level: 'command' }),
  ...linesOf(INSTALL, { step: 'npm ci', group: ['Fetching packages'] }),
  ...linesOf(
    ['npm warn deprecated inflight@1.0.6: this module is not supported'],
    { step: 'npm ci', level: 'warning' },
  ),
  ...linesOf(['npm test'], { step: FAILED_STEP, level: 'command' }),
  ...linesOf(['PASS src/cart/Sku.test.ts', 'PASS src/cart/Price.test.ts'], {
    step: FAILED_STEP,
  }),
  ...linesOf(FAILURE, { step: FAILED_STEP, level: 'error' }),
  ...linesOf(END, { step: FAILED_STEP, level: 'error' }),
].map((line, index) => ({ ...line, number: index + 1 }));

/** Why a job with {@link demoLog} failed. */
export function demoExplanation(jobId: string): Explanation {
  const start = demoLog.findIndex(({ text }) => text === FAILURE[0]) + 1;
  const end = start + FAILURE.length - 1;
  const slice = (from: number, to: number) => demoLog.slice(from - 1, to);
  return {
    jobId,
    headline: 'Cart › totals › applies a discount once',
    fingerprint: '7d0f5a1c2be94e60',
    comparedWith: 1,
    lastPass: {
      runId: 'run-3',
      attempt: 1,
      at: new Date(Date.now() - 26 * 3_600_000).toISOString(),
    },
    ranges: [
      {
        start,
        end,
        reason: 'new-since-pass',
        message: 'A test fails that passed in the last passing run',
        score: 0.94,
        lines: slice(start, end),
        before: slice(start - 2, start - 1),
        after: slice(end + 1, end + 2),
      },
    ],
    findings: [
      {
        tool: 'jest',
        kind: 'test-failure',
        line: start + 1,
        message: FAILURE[1].trim(),
        file: 'src/cart/Cart.test.ts',
        sourceLine: 43,
      },
    ],
  };
}
