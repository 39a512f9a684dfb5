import { FailureCategory } from './taxonomy/SubCategory';

/**
 * A line of the log of the failed job.
 *
 * @public
 */
export type FailureLine = { number: number; text: string };

/**
 * What is used of a log's analysis; what `@ci-medic/build-log` gives fits.
 *
 * @public
 */
export type FailureAnalysis = {
  /** The most important first. */
  explanation: readonly { start: number; end: number; reason: string }[];
  findings: readonly {
    tool: string;
    kind: string;
    line: number;
    message: string;
  }[];
  headline?: string;
  packages: readonly { name: string }[];
};

/**
 * What happened before and beside a failure. What is not known is left out;
 * zero means that it is known to be none.
 *
 * @public
 */
export type FailureHistory = {
  /** Other executions of the same job on the same commit. */
  sameCommit?: {
    passedBefore?: number;
    passedAfter?: number;
    failedBefore?: number;
    failedAfter?: number;
  };
  /** How often the result changed between executions of one commit, of how many recent executions. */
  flips?: { flips: number; executions: number };
  /** Failures without a pass between them, over different commits, this one included. */
  failuresInARow?: number;
  /** Failed tests, and how many of those are known to pass and fail without a change. */
  tests?: { failed: number; knownFlaky: number };
  /** Other repositories in which jobs fail alike right now. */
  alike?: { repositories: number };
  /** Incidents of the same fingerprint that went away by a rerun alone, of how many that ended. */
  endedByRerun?: { count: number; ended: number };
  /** What changed since the last pass of the job. */
  changes?: FailureChanges;
};

/**
 * What changed since the last pass of a job.
 *
 * @public
 */
export type FailureChanges = {
  commits: number;
  /** Changed files that are none of those below. */
  sources?: number;
  tests?: number;
  /** Files of documentation only. */
  documentation?: number;
  /** Workflows, build files and settings. */
  workflows?: number;
  buildFiles?: number;
  /** Names of packages whose version changed. */
  dependencies?: readonly string[];
  /** Whether the image or labels of the runner differ. */
  runner?: boolean;
  /** Names of components upstream that were released, or that have an incident. */
  upstream?: readonly string[];
};

/**
 * What people said of failures with the same fingerprint. Verdicts that were
 * taken back are left out.
 *
 * @public
 */
export type FailureFeedback = {
  verdict: 'right' | 'wrong' | 'not_an_incident';
  /** The category that is right, where the person named or confirmed one. */
  category?: FailureCategory;
  subCategory?: string;
  /** The category that was called wrong. */
  shown?: FailureCategory;
  /** ISO 8601. */
  at: string;
};

/**
 * What a model said, or why it said nothing. The answer is not trusted: what is
 * wrong in its shape is refused with a reason.
 *
 * @public
 */
export type ModelInput =
  | {
      name: string;
      version: string;
      /** Names of the probabilities, in their order. */
      categories: unknown;
      probabilities: unknown;
      /** Probability that the same commit passes when it is run again. */
      transient?: unknown;
    }
  | { missing: string };

/**
 * A figure that was unusual when it began.
 *
 * @public
 */
export type UnusualFigure = {
  /** `duration`, `queue`, `minutes`, `failure`, `flip`, `timeout`, `log_size` or `value`. */
  metric: string;
  /** Of the job or its pipeline, of a test or a warning in its log, or measured elsewhere: of a runner, for example. */
  of: 'runs' | 'test' | 'log' | 'outside';
  /** Other repositories of which figures moved in the same event. */
  repositories?: number;
  /** What was unusual, with its numbers. */
  sentence: string;
};

/**
 * Everything that a diagnosis can rest on. All of it may be absent.
 *
 * @public
 */
export type DiagnosisInput = {
  /** `figure` where nothing failed and something is unusual all the same; `failure` when missing. */
  subject?: 'failure' | 'figure';
  /** The clearest first. */
  unusual?: readonly UnusualFigure[];
  analysis?: FailureAnalysis;
  /** The lines that {@link wantedLines} asks for. */
  lines?: readonly FailureLine[];
  job?: {
    name?: string;
    /** Name of the step that failed. */
    step?: string;
    conclusion?: string;
    exitCodes?: readonly number[];
  };
  history?: FailureHistory;
  feedback?: readonly FailureFeedback[];
  model?: ModelInput;
};
