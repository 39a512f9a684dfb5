import { Knex } from 'knex';
import { Project, readNumber, readProject, trackIdOf } from '../database';

/** A job as far as the reading of its log needs it. */
export type LoggedJob = {
  jobId: string;
  runId: string;
  externalId: string;
  project: Project;
  pipelineId: string;
  name: string;
  trackId: string;
  isCompleted: boolean;
  conclusion?: string;
  completedAt: number;
  failedStep?: string;
  logState?: string;
};

/** Conclusions that are worth an incident. */
export const failing = ['failure', 'timed_out', 'startup_failure'];

/** Whether a conclusion is one of {@link failing}. */
export function isFailing(conclusion: string | undefined): boolean {
  return conclusion !== undefined && failing.includes(conclusion);
}

/** Reads a job, `undefined` when it is not kept any more. */
export async function findLoggedJob(
  knex: Knex,
  jobId: string,
): Promise<LoggedJob | undefined> {
  const row = await knex('jobs')
    .join('projects', 'projects.id', 'jobs.project_id')
    .leftJoin('job_logs', 'job_logs.job_id', 'jobs.job_id')
    .where('jobs.job_id', jobId)
    .first(
      'jobs.*',
      'projects.provider',
      'projects.host',
      'projects.slug',
      knex.ref('job_logs.state').as('log_state'),
    );
  if (!row) {
    return undefined;
  }
  const failed =
    isFailing(row.conclusion) &&
    (await knex('steps')
      .where({ job_id: jobId })
      .whereIn('conclusion', failing)
      .orderBy('number')
      .first('name'));
  const project = readProject(row);
  const pipelineId = row.pipeline_id ?? '';
  const { name, branch } = row;
  return {
    jobId,
    runId: row.run_id,
    externalId: row.external_id,
    project,
    pipelineId,
    name,
    trackId: trackIdOf({ projectId: project.id, pipelineId, name, branch }),
    isCompleted: row.status === 'completed',
    conclusion: row.conclusion ?? undefined,
    completedAt: readNumber(row.completed_at ?? row.stored_at)!,
    failedStep: failed ? failed.name : undefined,
    logState: row.log_state ?? undefined,
  };
}
