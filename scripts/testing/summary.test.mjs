import assert from 'node:assert/strict';
import { it } from 'node:test';
import { countPlaywrightTests } from './suites/browser.mjs';
import { countJestTests } from './suites/unit.mjs';
import { formatSummary } from './summary.mjs';

it('ends with one line over all suites, after skips with reasons and failures', () => {
  const summary = formatSummary([
    { name: 'types', passed: 1, failed: [], skipped: [], seconds: 41.6 },
    {
      name: 'unit',
      passed: 120,
      failed: ['parses a run'],
      skipped: [{ name: 'reads all archives', reason: 'no data folder' }],
      seconds: 300,
      logFile: 'unit.log',
    },
  ]);
  assert.equal(
    summary,
    `Skipped:
  unit: reads all archives (no data folder)

Failed:
  unit: parses a run
    log: unit.log

suite  passed  failed  skipped  seconds
types       1       0        0       42
unit      120       1        1      300

121 passed, 1 failed, 1 skipped`,
  );
});

it("counts Jest's tests, and a file that does not load as a failure", () => {
  const test = (status, fullName) => ({ status, fullName });
  const counted = countJestTests({
    testResults: [
      {
        status: 'failed',
        assertionResults: [
          test('passed', 'a'),
          test('failed', 'b'),
          test('pending', 'c (needs data)'),
          test('todo', 'd'),
        ],
      },
      {
        name: 'broken.test.ts',
        status: 'failed',
        message: 'Cannot find module\n  at x',
        assertionResults: [],
      },
    ],
  });
  assert.deepEqual(counted, {
    passed: 1,
    failed: ['b', 'broken.test.ts: Cannot find module'],
    skipped: [
      { name: 'c (needs data)', reason: 'needs data' },
      { name: 'd', reason: 'see its name' },
    ],
  });
});

it("counts Playwright's tests, and one that passed only when repeated as failed", () => {
  const spec = (title, status, annotations = []) => ({
    title,
    file: 'tabs.test.ts',
    tests: [{ status, annotations }],
  });
  const counted = countPlaywrightTests({
    suites: [
      {
        specs: [spec('a', 'expected')],
        suites: [
          {
            specs: [
              spec('b', 'flaky'),
              spec('c', 'skipped', [
                { type: 'skip', description: 'no pictures' },
              ]),
            ],
          },
        ],
      },
    ],
  });
  assert.deepEqual(counted, {
    passed: 1,
    failed: ['tabs.test.ts: b'],
    skipped: [{ name: 'tabs.test.ts: c', reason: 'no pictures' }],
  });
});
