import { Conclusion, ExecutionStatus } from '@ci-medic/plugin-ci-medic-common';
import { CiRequest } from './CiRequest';
import { PreparedEffect } from './PreparedEffect';

/**
 * A machine of one's own that runs jobs.
 *
 * @public
 */
export type CiRunner = {
  runnerId: string;
  name: string;
  /** Those that can be changed. */
  labels: string[];
  isBusy: boolean;
};

/**
 * Taking machines out of service, and putting them back.
 *
 * @public
 */
export interface RunnerEffects {
  /** `undefined` when the system has no such runner of one's own. */
  find(request: CiRequest & { name: string }): Promise<CiRunner | undefined>;
  /** Gets ready to replace the labels. A runner without any gets no jobs. */
  prepareLabels(
    request: CiRequest & { runnerId: string; labels: string[] },
  ): Promise<PreparedEffect>;
}

/** @public */
export type CiCache = {
  cacheId: string;
  key: string;
  ref: string;
  bytes: number;
};

/** @public */
export interface CacheEffects {
  /** Those of a branch whose key begins with `key`. */
  list(
    request: CiRequest & { branch: string; key: string },
  ): Promise<CiCache[]>;
  prepareDelete(
    request: CiRequest & { cacheId: string },
  ): Promise<PreparedEffect>;
}

/**
 * A run that was started by name.
 *
 * @public
 */
export type DispatchedRun = {
  runId: string;
  title: string;
  attempt: number;
  status: ExecutionStatus;
  conclusion?: Conclusion;
  headSha: string;
};

/**
 * Starting workflows.
 *
 * @public
 */
export interface WorkflowEffects {
  /** How long after a lost connection a run may still appear, in milliseconds. */
  readonly latestRunMs: number;
  /** Gets ready to start a workflow, named by its file, on a branch. */
  prepareDispatch(
    request: CiRequest & {
      workflow: string;
      branch: string;
      inputs: Record<string, string>;
    },
  ): Promise<PreparedEffect>;
  /** Runs whose title contains a correlation id, newest first; never answered from a cache. */
  findRuns(
    request: CiRequest & {
      workflow: string;
      correlationId: string;
      branch?: string;
    },
  ): Promise<DispatchedRun[]>;
  /** Runs of a workflow that wait or run, whoever started them; never answered from a cache. */
  activeRuns(
    request: CiRequest & { workflow: string },
  ): Promise<DispatchedRun[]>;
}

/** @public */
export type CiDeployment = {
  deploymentId: string;
  environment: string;
  sha: string;
  /** What was deployed: an image or a version. */
  artifact?: string;
  /** As the system's latest word on it. */
  state: 'in_progress' | 'success' | 'failure' | 'inactive';
  createdAt: string;
};

/** @public */
export interface DeploymentEffects {
  /** Newest first. */
  list(request: CiRequest & { environment: string }): Promise<CiDeployment[]>;
}

/**
 * Branches of CI Medic's own.
 *
 * @public
 */
export interface RefEffects {
  /** The commit of a branch, `undefined` when there is no such branch. */
  head(request: CiRequest & { branch: string }): Promise<string | undefined>;
  /** The first parent of a commit. */
  parentOf(request: CiRequest & { sha: string }): Promise<string | undefined>;
  prepareCreate(
    request: CiRequest & { branch: string; sha: string },
  ): Promise<PreparedEffect>;
  prepareDelete(
    request: CiRequest & { branch: string },
  ): Promise<PreparedEffect>;
}
