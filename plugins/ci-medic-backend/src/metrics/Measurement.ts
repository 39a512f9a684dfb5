import { BranchClass } from '@ci-medic/plugin-ci-medic-common';

/** What identifies a subject whose figures come from runs. */
export type MeasuredSubject = {
  projectId: string;
  kind: 'pipeline' | 'job' | 'template' | 'test';
  pipelineId: string;
  pipelineName: string;
  jobName?: string;
  /** Of a log template or a test. */
  name?: string;
  branchClass: BranchClass;
  runnerClass?: string;
};

/** Figures of a subject in one run. Absent is what could not be measured. */
export type Measurement = {
  subject: MeasuredSubject;
  /** Epoch milliseconds at which the run was created. */
  at: number;
  runId: string;
  number?: number;
  commitSha: string;
  jobId?: string;
  attempts?: number;
  duration?: number;
  queue?: number;
  failure?: 0 | 1;
  flip?: 0 | 1;
  timeout?: 0 | 1;
  minutes?: number;
  cost?: number;
  logSize?: number;
  value?: number;
};
