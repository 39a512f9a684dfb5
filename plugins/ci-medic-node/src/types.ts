import {
  Conclusion,
  ExecutionStatus,
  Pipeline,
  ProjectRef,
} from '@ci-medic/plugin-ci-medic-common';

/**
 * The pipelines of an entity: a repository, possibly narrowed to a part of a monorepo.
 *
 * @public
 */
export type CiProject = {
  ref: ProjectRef;
  /** Patterns of workflow names or file names, of which one must match. */
  workflows?: string[];
  /** Globs, of which one must match a changed file. */
  paths?: string[];
};

/**
 * One attempt of a run as a CI system tells it.
 *
 * @public
 */
export type ProviderRun = {
  runId: string;
  attempt: number;
  number?: number;
  pipeline: Pipeline;
  title?: string;
  event: string;
  branch?: string;
  commit: {
    sha: string;
    title?: string;
    author?: string;
    at?: string;
    url?: string;
  };
  actor?: string;
  pullRequests: number[];
  isFork: boolean;
  status: ExecutionStatus;
  conclusion?: Conclusion;
  createdAt: string;
  startedAt?: string;
  updatedAt?: string;
  url?: string;
};

/** @public */
export type ProviderStep = {
  number: number;
  name: string;
  status: ExecutionStatus;
  conclusion?: Conclusion;
  startedAt?: string;
  completedAt?: string;
};

/** @public */
export type ProviderJob = {
  jobId: string;
  name: string;
  status: ExecutionStatus;
  conclusion?: Conclusion;
  createdAt?: string;
  startedAt?: string;
  completedAt?: string;
  runner: { name?: string; group?: string; labels: string[] };
  steps: ProviderStep[];
  url?: string;
};

/** @public */
export type ProviderArtifact = {
  artifactId: string;
  name: string;
  /** Bytes of the zip file, as the system says. */
  size: number;
  expired: boolean;
  createdAt?: string;
};
