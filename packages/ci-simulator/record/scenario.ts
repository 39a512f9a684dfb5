/** One step of a job: a command, or what stands for an action of the CI system. */
export type Step = {
  name: string;
  run: string;
  /** Below the repository. */
  directory?: string;
  /** Runs even after a failure. */
  always?: boolean;
  env?: Record<string, string>;
};

export type Job = {
  name: string;
  steps: Step[];
  /** Runs only when all of these passed. */
  needs?: string[];
  report?: { name: string; path: string };
};

export type Workflow = { name: string; path: string; jobs: Job[] };

/** A change of files: text that is replaced, or a whole file. */
export type Edit =
  | { file: string; from: string; to: string }
  | { file: string; content: string };

export type Change = {
  /** Days before the recording. */
  daysAgo: number;
  message: string;
  author: string;
  edits: Edit[];
  /** Branch of a pull request; the default branch without it. */
  branch?: string;
  pullRequest?: number;
  /** Which workflows it starts; all by default. */
  workflows?: string[];
  /** How often the run is attempted; once by default. */
  attempts?: number;
};

export type Scenario = {
  name: string;
  description: string;
  workflows: Workflow[];
  changes: Change[];
};
