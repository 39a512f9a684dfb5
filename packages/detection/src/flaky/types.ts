/**
 * How one try of a test ended.
 *
 * @public
 */
export interface TestResult {
  /** What was tested. Results of the same commit are comparable. */
  sha: string;
  at: number;
  outcome: 'pass' | 'fail';
  /** Where it ran: a pool of runners rather than a single one. */
  runner?: string;
  /** What the failure said, masked so that the same failure has the same text: a fingerprint will do. */
  message?: string;
  /** Other tests that failed in the same run. */
  neighbours?: string[];
}

/**
 * Failures of a test that came and went on the same commit.
 *
 * @public
 */
export interface Flip {
  sha: string;
  at: number;
  runner?: string;
  message?: string;
}

/**
 * What {@link updateTest} remembers of a test: plain data, about 1 KB.
 *
 * @public
 */
export interface TestState {
  version: 1;
  /** The latest commits with how often the test passed and failed on them. */
  commits: { sha: string; passed: number; failed: number }[];
  /** Commits, and flips among them, since it was last healthy. */
  verdicts: number;
  flips: number;
  /** The same, each forgotten by half in 14 days, as of the time of the newest result. */
  recent: { verdicts: number; flips: number; at: number };
  /** First failures, those that were tried again, and those that failed again. */
  failures: { first: number; retried: number; again: number };
  /** Changes between passing and failing from commit to commit. */
  transitions: number;
  /** Commits that passed since the last flip. */
  passesSince: number;
  lastFlips: Flip[];
  /** Flips and commits for each pool of runners and each hour of the day. */
  runners: { name: string; flips: number; verdicts: number }[];
  hours: [flips: number, verdicts: number][];
  /** Tests that failed in the same runs as this one flipped, and how often. */
  neighbours: { name: string; flips: number }[];
}

/** @public */
export interface FlakyOptions {
  /** What people read: the test's name. */
  name?: string;
  /** When it is asked, in milliseconds since 1970; the time of the newest result when missing. */
  now?: number;
}

/**
 * Where, when or with what a test flips more than elsewhere.
 *
 * @public
 */
export interface FlakyCorrelation {
  kind: 'runner' | 'hour' | 'neighbour' | 'message';
  value: string;
  flips: number;
  /** Commits there; flips in all for neighbours and messages. */
  of: number;
  /** How many times as often as elsewhere. */
  lift?: number;
}

/**
 * What a rerun after a failure would tell.
 *
 * @public
 */
export interface RerunValue {
  /** Probability that the failure is a flake, before the rerun. */
  flaky: number;
  /** Probability that the rerun passes. */
  passes: number;
  /** What it is expected to tell, in bits, about flake or regression. */
  information: number;
  sentence: string;
}

/** @public */
export interface FlakyVerdict {
  version: 1;
  /**
   * `suspect` flipped once, `flaky` again and often enough, `broken` fails whatever is tried, `unstable` comes and goes
   * and was never tried again on one commit, `unknown` has too few results.
   */
  verdict: 'healthy' | 'suspect' | 'flaky' | 'broken' | 'unstable' | 'unknown';
  /** Flips per commit: mean and 95 % range of what is believed. */
  rate: number;
  range: [low: number, high: number];
  flips: number;
  commits: number;
  lastFlip?: Flip;
  correlations: FlakyCorrelation[];
  /** Of a rerun, should it fail once more on a new commit. */
  rerun: RerunValue;
  sentence: string;
}
