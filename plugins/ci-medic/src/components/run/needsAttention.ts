import { Job } from '@ci-medic/plugin-ci-medic-common';

const FAILED = ['failure', 'timed_out', 'startup_failure'];

/** Whether a job ended in a way that somebody has to look at. */
export function needsAttention(job: Job): boolean {
  return job.conclusion !== undefined && FAILED.includes(job.conclusion);
}
