import { isMassFailure, TestResult } from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';

/** A test and how often it fails without any reason in the code. */
export interface TrueRate {
  project: string;
  test: string;
  rate: number;
}

export interface SimulatedTest extends TrueRate {
  /** All results in order; empty when it never failed, for then there is nothing to judge. */
  results: TestResult[];
}

const minutes = 60_000;
const day = 24 * 60 * minutes;
const commitsPerDay = 10;
/** Shares of tests with a real regression, and of commits that an outage hits. */
const regressions = 0.03;
const outages = 0.003;

/** Failures of all tests on all commits. */
class Failures {
  readonly #byCommit: Map<number, boolean[]>[];

  constructor(commits: number) {
    this.#byCommit = Array.from({ length: commits }, () => new Map());
  }

  /** Each try fails or passes: `[true, false]` failed first and passed again. */
  add(commit: number, test: number, tries: boolean[]) {
    this.#byCommit[commit].set(test, tries);
  }

  at(commit: number): Map<number, boolean[]> {
    return this.#byCommit[commit];
  }
}

function drawFailures(
  tests: TrueRate[],
  commits: number,
  random: () => number,
): Failures {
  const failures = new Failures(commits);
  const down = new Set<number>();
  for (let count = 0; count < Math.round(commits * outages); count++) {
    down.add(Math.floor(random() * commits));
  }
  // An outage strikes between a third and almost all of the tests, and a retry may strike it again.
  const strength = new Map(
    [...down].map(commit => [commit, 0.3 + 0.6 * random()]),
  );
  tests.forEach(({ rate }, index) => {
    const breaks =
      random() < regressions ? Math.floor(random() * commits) : Infinity;
    const fixed = breaks + 3 + Math.floor(random() * 25);
    const draw = (commit: number) => {
      const broken = commit >= breaks && commit < fixed;
      const chance = broken
        ? 1
        : 1 - (1 - rate) * (1 - (strength.get(commit) ?? 0));
      if (random() < chance) {
        failures.add(commit, index, [true, random() < chance]);
      }
    };
    if (rate > 0) {
      for (let commit = 0; commit < commits; commit++) {
        draw(commit);
      }
    } else {
      // Only these commits can fail it.
      const broken = Array.from(
        { length: breaks < commits ? Math.min(fixed, commits) - breaks : 0 },
        (_, offset) => breaks + offset,
      );
      new Set([...broken, ...down]).forEach(draw);
    }
  });
  return failures;
}

/**
 * Plays commits with the true rates of tests: each failure is tried once more; 3 % of the tests are really broken for 3 to
 * 27 commits; 0.3 % of the commits meet an outage. Commits with a mass of failures are left out, as the product does.
 */
export function simulateHistory(
  tests: TrueRate[],
  options: { commits: number; seed: number },
): SimulatedTest[] {
  const { commits, seed } = options;
  const failures = drawFailures(tests, commits, randomOf(seed));
  let failed = 1;
  let total = 1000;
  const kept: number[] = [];
  const touched = new Set<number>();
  for (let commit = 0; commit < commits; commit++) {
    const here = failures.at(commit);
    const run = { failed: here.size, total: tests.length };
    if (!isMassFailure({ ...run, usual: failed / total })) {
      failed += run.failed;
      total += run.total;
      kept.push(commit);
      for (const test of here.keys()) {
        touched.add(test);
      }
    }
  }
  return tests.map((test, index) => ({
    ...test,
    results: touched.has(index)
      ? kept.flatMap(commit => {
          const at = (commit * day) / commitsPerDay;
          const tries = failures.at(commit).get(index) ?? [false];
          return tries.map(
            (isFailure, place): TestResult => ({
              sha: `c${commit}`,
              at: at + place * 5 * minutes,
              outcome: isFailure ? 'fail' : 'pass',
            }),
          );
        })
      : [],
  }));
}
