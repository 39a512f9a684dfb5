import { Job } from '../world/model';

/**
 * What each job of an attempt waited for. Where that is not known, as in
 * recordings, it is what had ended when the job was created.
 */
export function needsOf(jobs: Job[]): Map<Job, string[]> {
  return new Map(
    jobs.map(job => [
      job,
      job.needs ??
        jobs
          .filter(
            ({ completedAt, startedAt, name }) =>
              name !== job.name &&
              completedAt !== undefined &&
              // A job that took no time was skipped itself.
              completedAt > startedAt &&
              completedAt <= job.createdAt,
          )
          .map(({ name }) => name),
    ]),
  );
}
