import { createTestState, judgeTest, updateTest } from '@ci-medic/detection';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { Estimate, meanOf } from '../statistics/intervals';
import { simulateHistory, TrueRate } from './simulateHistory';

const seeds = Array.from({ length: 20 }, (_, index) => 101 + index);

export interface FlakyFigures {
  tests: number;
  flaky: number;
  commits: number;
  precision: Estimate;
  recall: Estimate;
  f1: Estimate;
  /** Recall on tests that fail in at least 1 % of runs. */
  recallOften: Estimate;
  /** What knowing each test that ever came and went would reach. */
  mostF1: Estimate;
}

/** Reads how often each test failed when it was run 10,000 times on one commit. */
export function readRates(data: string): TrueRate[] | undefined {
  const path = join(data, 'flakeflagger', 'test_results.csv.gz');
  if (!existsSync(path)) {
    return undefined;
  }
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim();
  return (
    lines
      .split('\n')
      .slice(1)
      .map(line => {
        const [project, ...rest] = line.split(',');
        const [failing, passing] = rest.slice(-5, -3).map(Number);
        return {
          project,
          test: rest.slice(0, -6).join(','),
          rate: failing / (failing + passing),
        };
      })
      // What always fails is broken, not flaky.
      .filter(({ rate }) => rate >= 0 && rate < 0.95)
  );
}

function measureSeed(tests: TrueRate[], commits: number, seed: number) {
  const now = (commits * 24 * 3_600_000) / 10;
  let [right, wrong, missed, often, oftenFound, seen] = [0, 0, 0, 0, 0, 0];
  for (const { rate, results } of simulateHistory(tests, { commits, seed })) {
    const state = updateTest(createTestState(), results);
    // Without a failure there is nothing to judge.
    const verdict = results.length ? judgeTest(state, { now }).verdict : '';
    const found = verdict === 'suspect' || verdict === 'flaky';
    const isFlaky = rate > 0;
    right += found && isFlaky ? 1 : 0;
    wrong += found && !isFlaky ? 1 : 0;
    missed += !found && isFlaky ? 1 : 0;
    often += rate >= 0.01 ? 1 : 0;
    oftenFound += found && rate >= 0.01 ? 1 : 0;
    seen += isFlaky && state.flips > 0 ? 1 : 0;
  }
  const recall = right / (right + missed);
  const precision = right / (right + wrong);
  const most = seen / (right + missed);
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    recallOften: oftenFound / often,
    mostF1: (2 * most) / (1 + most),
  };
}

export function measureFlaky(tests: TrueRate[], commits: number): FlakyFigures {
  const figures = seeds.map(seed => measureSeed(tests, commits, seed));
  const over = (key: keyof (typeof figures)[number]) =>
    meanOf(figures.map(figure => figure[key]));
  return {
    tests: tests.length,
    flaky: tests.filter(({ rate }) => rate > 0).length,
    commits,
    precision: over('precision'),
    recall: over('recall'),
    f1: over('f1'),
    recallOften: over('recallOften'),
    mostF1: over('mostF1'),
  };
}
