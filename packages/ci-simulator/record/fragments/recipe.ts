/** Where in a job a fragment stands. */
export type Step =
  | 'checkout'
  | 'install'
  | 'lint'
  | 'build'
  | 'unit'
  | 'integration'
  | 'package'
  | 'deploy'
  | 'smoke';

/**
 * A command that is really run, and what its output is good for. Names that the
 * simulator varies are written `zebra`, `Zebra`, `ZEBRA`; the library that a
 * service builds on is `corekit`.
 */
export type Recipe = {
  tool: string;
  stack: 'any' | 'node' | 'python' | 'go' | 'java' | 'rust';
  step: Step;
  /** `pass`, or why it fails. */
  cause: string;
  /** What the workflow file says. */
  shown: string;
  /** What is run instead, where that differs. */
  run?: string;
  files?: Record<string, string>;
  /** Run before, not recorded. */
  prepare?: string;
  env?: Record<string, string>;
  /** Of a test report that it leaves. */
  report?: string;
  /** Gives up after that long; 120 s. */
  seconds?: number;
};

/** A recorded command. */
export type Fragment = {
  tool: string;
  stack: Recipe['stack'];
  step: Step;
  cause: string;
  command: string;
  exitCode: number;
  /** Milliseconds since the start, and the line. */
  lines: Array<[number, string]>;
  report?: { name: string; text: string };
};
