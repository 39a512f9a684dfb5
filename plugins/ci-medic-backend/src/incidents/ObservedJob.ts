import { Knex } from 'knex';
import { readNumber, stableId, trackIdOf } from '../database';

/** A job that completed, as far as incidents need it. */
export type ObservedJob = {
  jobId: string;
  projectId: string;
  runId: string;
  attempt: number;
  name: string;
  pipelineId: string;
  pipelineName: string;
  branch: string | null;
  trackId: string;
  order: string;
  at: number;
  /** When its run was created. */
  runCreatedAt: number;
  outcome: 'failed' | 'passed' | 'other';
  fingerprint: string;
  title: string;
};

const failing = ['failure', 'timed_out', 'startup_failure'];

/** Reads a job, `undefined` when it is not kept any more or still runs. */
export async function findObservedJob(
  knex: Knex,
  jobId: string,
): Promise<ObservedJob | undefined> {
  const row = await knex('jobs')
    .join('runs', join =>
      join
        .on('runs.run_id', 'jobs.run_id')
        .andOn('runs.attempt', 'jobs.attempt'),
    )
    .leftJoin('job_logs', 'job_logs.job_id', 'jobs.job_id')
    .where('jobs.job_id', jobId)
    .first(
      'jobs.*',
      'job_logs.headline',
      'job_logs.fingerprint',
      knex.ref('runs.pipeline_name').as('pipeline_name'),
      knex.ref('runs.created_at').as('run_created_at'),
    );
  if (row?.status !== 'completed') {
    return undefined;
  }
  const { conclusion, branch, name } = row;
  const step = await knex('steps')
    .where({ job_id: jobId })
    .whereIn('conclusion', failing)
    .orderBy('number')
    .first('name');
  const pipelineId = row.pipeline_id ?? '';
  const projectId = row.project_id;
  return {
    jobId,
    projectId,
    runId: row.run_id,
    attempt: row.attempt,
    name,
    pipelineId,
    pipelineName: row.pipeline_name,
    branch,
    trackId: trackIdOf({ projectId, pipelineId, name, branch }),
    order: orderOf(row),
    at: readNumber(row.completed_at ?? row.started_at ?? row.run_created_at)!,
    runCreatedAt: readNumber(row.run_created_at)!,
    outcome: outcomeOf(conclusion),
    fingerprint:
      row.fingerprint ??
      fingerprintWithoutLog({ pipelineId, name, step: step?.name, conclusion }),
    title: row.headline ?? titleWithoutLog(name, step?.name, conclusion),
  };
}

/** Sorts jobs of a track by run, then by attempt. */
export function orderOf(row: {
  run_created_at: unknown;
  run_id: string;
  attempt: number;
}): string {
  const time = String(readNumber(row.run_created_at)).padStart(15, '0');
  const attempt = String(row.attempt).padStart(4, '0');
  return `${time}-${row.run_id.slice(0, 12)}-${attempt}`;
}

function outcomeOf(conclusion: string | null): ObservedJob['outcome'] {
  if (conclusion === 'success') {
    return 'passed';
  }
  return failing.includes(conclusion ?? '') ? 'failed' : 'other';
}

/** Where a log says nothing, what is known of the job tells failures apart. */
function fingerprintWithoutLog(job: {
  pipelineId: string;
  name: string;
  step?: string;
  conclusion: string;
}): string {
  const { pipelineId, name, step = '', conclusion } = job;
  return `no-log:${stableId(pipelineId, name, step, conclusion)}`;
}

function titleWithoutLog(
  job: string,
  step: string | undefined,
  conclusion: string,
): string {
  const what = conclusion === 'timed_out' ? 'timed out' : 'failed';
  return step
    ? `Job "${job}" ${what} in step "${step}"`
    : `Job "${job}" ${what}`;
}
