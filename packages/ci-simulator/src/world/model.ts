import { Readable } from 'stream';

/**
 * What the server knows, independent of where it came from (recordings,
 * downloaded archives) and of how GitHub words it. Times are milliseconds since
 * the epoch. The objects may change while the server runs.
 */

/**
 * How a job, a step or an attempt ended, in GitHub's words.
 *
 * @public
 */
export type Conclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'neutral'
  | 'action_required';

/**
 * Where a run or a job stands.
 *
 * @public
 */
export type Status = 'queued' | 'in_progress' | 'completed';

/**
 * Bytes that are read anew each time, never held.
 *
 * @public
 */
export type Content = {
  open(): Promise<Readable>;
};

/**
 * A file in an archive of logs.
 *
 * @public
 */
export type NamedContent = Content & { name: string };

/**
 * A pipeline.
 *
 * @public
 */
export type Workflow = { id: number; name: string; path: string };

/**
 * A file that a commit changes.
 *
 * @public
 */
export type ChangedFile = {
  path: string;
  status: 'added' | 'modified' | 'removed' | 'renamed';
  additions: number;
  deletions: number;
  previousPath?: string;
  patch?: string;
};

/**
 * A commit.
 *
 * @public
 */
export type Commit = {
  sha: string;
  parents: string[];
  message: string;
  author: { name: string; email: string; login?: string };
  at: number;
  files: ChangedFile[];
};

/**
 * The machine that ran a job.
 *
 * @public
 */
export type Runner = { name: string; group: string; labels: string[] };

/**
 * One step of a job.
 *
 * @public
 */
export type Step = {
  number: number;
  name: string;
  conclusion: Conclusion;
  startedAt?: number;
  completedAt?: number;
};

/**
 * A job of one attempt.
 *
 * @public
 */
export type Job = {
  id: number;
  name: string;
  status: Status;
  conclusion?: Conclusion;
  createdAt: number;
  startedAt: number;
  completedAt?: number;
  runner?: Runner;
  steps: Step[];
  /** Names of the jobs it waits for; unknown in recordings. */
  needs?: string[];
  /** What it asks of a runner, where it has none yet. */
  labels?: string[];
  /** Whether it waits for a runner, and not for other jobs any more. */
  isQueued?: boolean;
  /** Whether it ran in an earlier attempt and was taken from there. */
  isCarriedOver?: boolean;
  /** Missing where the job never ran. */
  log?: Content;
};

/**
 * Files that a run left.
 *
 * @public
 */
export type Artifact = {
  id: number;
  name: string;
  createdAt: number;
  /** Bytes of the files in it. */
  size: number;
  /** The files as a zip archive. */
  archive: Content;
};

/**
 * One execution of a run.
 *
 * @public
 */
export type Attempt = {
  /** 1 for the first. */
  attempt: number;
  status: Status;
  conclusion?: Conclusion;
  triggeredBy: string;
  createdAt: number;
  startedAt: number;
  completedAt?: number;
  jobs: Job[];
  artifacts: Artifact[];
  /** What the archive of this attempt's logs holds. */
  logFiles: NamedContent[];
};

/**
 * The pull request that a run belongs to.
 *
 * @public
 */
export type PullRequest = {
  number: number;
  title?: string;
  head: { branch: string; sha: string };
  base: { branch: string; sha: string };
};

/**
 * A run with all its attempts.
 *
 * @public
 */
export type Run = {
  id: number;
  number: number;
  workflow: Workflow;
  event: string;
  branch: string;
  sha: string;
  actor: string;
  title: string;
  pullRequests: PullRequest[];
  /** The first one first; never empty. */
  attempts: Attempt[];
  /** Whose fork the commit is in, where it is not the repository itself. */
  forkOwner?: string;
  /** What a dispatch gave. */
  inputs?: Record<string, string>;
};

/**
 * A repository with its history and its runs.
 *
 * @public
 */
export type Repository = {
  id: number;
  owner: string;
  name: string;
  description?: string;
  defaultBranch: string;
  workflows: Workflow[];
  commits: Map<string, Commit>;
  runs: Run[];
  /** Tips by name; the newest run of each tells where it is missing. */
  branches?: Map<string, string>;
  /** The text of a file in a commit, where the contents are known. */
  textOf?(sha: string, path: string): string | undefined;
  /** Paths of the files of a commit. */
  pathsOf?(sha: string): string[];
  deployments?: Deployment[];
  caches?: Cache[];
  /** What clients said about commits, the first one first. */
  statuses?: CommitStatus[];
  pulls?: Map<number, PullRequest & PullState>;
};

/**
 * What became of a pull request.
 *
 * @public
 */
export type PullState = {
  author: string;
  createdAt: number;
  mergedAt?: number;
  mergeSha?: string;
};

/**
 * A version that was brought somewhere.
 *
 * @public
 */
export type Deployment = {
  id: number;
  environment: string;
  sha: string;
  ref: string;
  image: string;
  creator: string;
  createdAt: number;
  run?: number;
  job?: number;
  /** The first one first. */
  statuses: Array<{
    id: number;
    state:
      | 'error'
      | 'failure'
      | 'inactive'
      | 'in_progress'
      | 'queued'
      | 'pending'
      | 'success';
    at: number;
    description: string;
  }>;
};

/**
 * What somebody said about a commit.
 *
 * @public
 */
export type CommitStatus = {
  id: number;
  sha: string;
  context: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  at: number;
  description?: string;
  targetUrl?: string;
};

/**
 * Files that runs keep for later ones.
 *
 * @public
 */
export type Cache = {
  id: number;
  ref: string;
  key: string;
  version: string;
  size: number;
  createdAt: number;
  usedAt: number;
};
