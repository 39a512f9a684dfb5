/** An attempt of a run, as far as it is measured. */
export type MeasuredAttempt = {
  attempt: number;
  createdAt: number;
  number?: number;
  pipelineId: string;
  pipelineName: string;
  branch?: string;
  isFork: boolean;
  commitSha: string;
  conclusion?: string;
  durationMs?: number;
  queueMs?: number;
};

/** A job of an attempt, as far as it is measured. */
export type MeasuredJob = {
  jobId: string;
  attempt: number;
  name: string;
  conclusion?: string;
  startedAt?: number;
  completedAt?: number;
  durationMs?: number;
  queueMs?: number;
  labels: string[];
  group?: string;
  logBytes?: number;
  /** Warnings in its log, with what varies masked; of passing jobs. */
  warnings?: { template: string; lines: number }[];
  /** Tests that passed in it and took a while, the slowest first. */
  tests?: { name: string; seconds: number }[];
};

/** All attempts of a run that completed, with their jobs. */
export type MeasuredRun = {
  projectId: string;
  runId: string;
  /** In order, at least one. */
  attempts: MeasuredAttempt[];
  jobs: MeasuredJob[];
};
