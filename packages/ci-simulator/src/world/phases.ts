import { Attempt, Job } from './model';

/** An attempt as it was before any of its jobs ran. */
export function requestedAttempt(attempt: Attempt): Attempt {
  return {
    ...attempt,
    status: 'queued',
    conclusion: undefined,
    completedAt: undefined,
    artifacts: [],
  };
}

/** An attempt as it was while its jobs ran. */
export function runningAttempt(attempt: Attempt): Attempt {
  return { ...requestedAttempt(attempt), status: 'in_progress' };
}

/** A job as it was while it waited for a runner. */
export function queuedJob(job: Job): Job {
  return {
    ...job,
    status: 'queued',
    conclusion: undefined,
    startedAt: job.createdAt,
    completedAt: undefined,
    runner: job.runner && { ...job.runner, name: '', group: '' },
    steps: [],
    log: undefined,
  };
}

/** A job as it was when a runner had just taken it. */
export function runningJob(job: Job): Job {
  return {
    ...job,
    status: 'in_progress',
    conclusion: undefined,
    completedAt: undefined,
    steps: [],
    log: undefined,
  };
}
