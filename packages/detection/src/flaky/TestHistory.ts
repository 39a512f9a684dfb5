import { TestResult, TestState } from './types';

const halfLife = 14 * 24 * 3_600_000;
const commitsKept = 10;
const flipsKept = 10;
const runnersKept = 10;
const neighboursKept = 20;

type Commit = TestState['commits'][number];

/** The state of a test while results are read. */
export class TestHistory {
  readonly #state: TestState;

  private constructor(state: TestState) {
    this.#state = structuredClone(state);
  }

  static restore(state: TestState): TestHistory {
    return new TestHistory(state);
  }

  toState(): TestState {
    return structuredClone(this.#state);
  }

  get state(): TestState {
    return this.#state;
  }

  read(result: TestResult) {
    this.#forget(result.at);
    const { commits } = this.#state;
    const known = commits.find(({ sha }) => sha === result.sha);
    if (known) {
      this.#readAgain(known, result);
    } else {
      this.#readFirst(result);
    }
  }

  #forget(at: number) {
    const { recent } = this.#state;
    if (at > recent.at) {
      const left = 0.5 ** ((at - recent.at) / halfLife);
      recent.verdicts *= left;
      recent.flips *= left;
      recent.at = at;
    }
  }

  #readFirst(result: TestResult) {
    const state = this.#state;
    const failed = result.outcome === 'fail';
    const before = state.commits[state.commits.length - 1];
    if (before && before.failed > 0 !== failed) {
      state.transitions++;
    }
    state.commits.push({
      sha: result.sha,
      passed: failed ? 0 : 1,
      failed: failed ? 1 : 0,
    });
    if (state.commits.length > commitsKept) {
      state.commits.shift();
    }
    state.verdicts++;
    state.recent.verdicts++;
    state.failures.first += failed ? 1 : 0;
    state.passesSince += failed ? 0 : 1;
    if (result.runner !== undefined) {
      this.#runner(result.runner).verdicts++;
    }
    state.hours[new Date(result.at).getUTCHours()][1]++;
  }

  #readAgain(commit: Commit, result: TestResult) {
    const { failures } = this.#state;
    const failed = result.outcome === 'fail';
    const flipped = commit.passed > 0 && commit.failed > 0;
    if (commit.failed === 1 && commit.passed === 0) {
      failures.retried++;
      failures.again += failed ? 1 : 0;
    }
    if (failed) {
      commit.failed++;
    } else {
      commit.passed++;
    }
    if (!flipped && commit.passed > 0 && commit.failed > 0) {
      this.#flip(result);
    }
  }

  #flip(result: TestResult) {
    const state = this.#state;
    state.flips++;
    state.recent.flips++;
    state.passesSince = 0;
    const { sha, at, runner, message } = result;
    state.lastFlips.push({
      sha,
      at,
      ...(runner !== undefined && { runner }),
      ...(message !== undefined && { message }),
    });
    if (state.lastFlips.length > flipsKept) {
      state.lastFlips.shift();
    }
    if (runner !== undefined) {
      this.#runner(runner).flips++;
    }
    state.hours[new Date(at).getUTCHours()][0]++;
    for (const name of new Set(result.neighbours)) {
      const known = state.neighbours.find(other => other.name === name);
      if (known) {
        known.flips++;
      } else if (state.neighbours.length < neighboursKept) {
        state.neighbours.push({ name, flips: 1 });
      }
    }
  }

  #runner(name: string): TestState['runners'][number] {
    const { runners } = this.#state;
    const known = runners.find(runner => runner.name === name);
    if (known) {
      return known;
    }
    if (runners.length >= runnersKept) {
      // Too many pools to tell apart: the rest counts as one.
      return runners[runnersKept - 1];
    }
    const runner = {
      name: runners.length === runnersKept - 1 ? 'other pools' : name,
      flips: 0,
      verdicts: 0,
    };
    runners.push(runner);
    return runner;
  }
}
