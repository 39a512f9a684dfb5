import { DetectionInputError } from '../DetectionInputError';
import { createTestState } from './createTestState';
import { isMassFailure } from './isMassFailure';
import { judgeTest } from './judgeTest';
import { TestHistory } from './TestHistory';
import { FlakyVerdict, TestResult } from './types';

/**
 * A result of one of many tests.
 *
 * @public
 */
export interface HistoryRow extends Omit<TestResult, 'neighbours'> {
  test: string;
  /** 1 is the first try on its commit. */
  attempt?: number;
}

/** So many commits may be running at once; what comes later for an older one is read by itself. */
const openCommits = 20;
/** What is believed of the share of failing tests before anything is known: one in 1,000. */
const usually = { failed: 1, total: 1000 };
const neighboursNamed = 5;

/** Reads whole commits, leaving out those in which a mass of tests failed. */
class Histories {
  readonly #tests = new Map<string, TestHistory>();
  readonly #open = new Map<string, HistoryRow[]>();
  #failed = usually.failed;
  #total = usually.total;

  read(row: HistoryRow) {
    const rows = this.#open.get(row.sha);
    if (rows) {
      rows.push(row);
      return;
    }
    this.#open.set(row.sha, [row]);
    if (this.#open.size > openCommits) {
      const [[oldest]] = this.#open;
      this.#close(oldest);
    }
  }

  end(): Map<string, TestHistory> {
    for (const sha of [...this.#open.keys()]) {
      this.#close(sha);
    }
    return this.#tests;
  }

  #close(sha: string) {
    const rows = this.#open.get(sha) ?? [];
    this.#open.delete(sha);
    const firstTries = new Map<string, HistoryRow['outcome']>();
    for (const { test, outcome } of rows) {
      if (!firstTries.has(test)) {
        firstTries.set(test, outcome);
      }
    }
    const failing = [...firstTries]
      .filter(([, outcome]) => outcome === 'fail')
      .map(([test]) => test);
    const run = { failed: failing.length, total: firstTries.size };
    const mass = isMassFailure({ ...run, usual: this.#failed / this.#total });
    if (!mass) {
      this.#failed += run.failed;
      this.#total += run.total;
    }
    for (const row of rows) {
      let history = this.#tests.get(row.test);
      if (!history) {
        history = TestHistory.restore(createTestState());
        this.#tests.set(row.test, history);
      }
      if (!mass) {
        const neighbours = failing
          .filter(other => other !== row.test)
          .slice(0, neighboursNamed);
        history.read({ ...row, neighbours });
      }
    }
  }
}

function checkRow({ test, sha, at, outcome }: HistoryRow, index: number) {
  if (
    typeof test !== 'string' ||
    typeof sha !== 'string' ||
    !Number.isFinite(at) ||
    !['pass', 'fail'].includes(outcome)
  ) {
    throw new DetectionInputError(
      `Row ${
        index + 1
      } needs a test, a commit, a time and pass or fail, not ${test}, ${sha}, ${at} and ${outcome}`,
    );
  }
}

/**
 * Judges all tests of a history, in order of time. Commits on which a mass of tests failed at once are left out: they tell
 * of an outage, or of a change that broke everything, and of no single test.
 *
 * @throws DetectionInputError when a row is not a result
 *
 * @public
 */
export function judgeHistory(
  rows: Iterable<HistoryRow>,
): (FlakyVerdict & { test: string })[] {
  const histories = new Histories();
  let now = -Infinity;
  let index = 0;
  for (const row of rows) {
    checkRow(row, index++);
    now = Math.max(now, row.at);
    histories.read(row);
  }
  return [...histories.end()].map(([test, history]) => ({
    test,
    ...judgeTest(history.state, { name: test, now }),
  }));
}
