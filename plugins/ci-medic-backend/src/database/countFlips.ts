import { Knex } from 'knex';

const DAYS_MS = 30 * 24 * 3_600_000;
const MOST_EXECUTIONS = 500;

/**
 * How often a job ended differently on the same commit, and in how many executions, over the latest 30 days of it.
 */
export async function countFlips(
  knex: Knex,
  job: { projectId: string; pipelineId: string; name: string },
): Promise<{ flips: number; executions: number }> {
  const rows = await knex('jobs')
    .join('runs', join =>
      join
        .on('runs.run_id', 'jobs.run_id')
        .andOn('runs.attempt', 'jobs.attempt'),
    )
    .where({
      'jobs.project_id': job.projectId,
      'jobs.pipeline_id': job.pipelineId,
      'jobs.name': job.name,
    })
    .whereIn('jobs.conclusion', ['success', 'failure', 'timed_out'])
    .whereNotNull('jobs.completed_at')
    .orderBy('jobs.completed_at', 'desc')
    .limit(MOST_EXECUTIONS)
    .select('runs.commit_sha', 'jobs.conclusion', 'jobs.completed_at');
  const newest = Number(rows[0]?.completed_at ?? 0);
  const recent = rows.filter(
    row => newest - Number(row.completed_at) <= DAYS_MS,
  );
  const last = new Map<string, boolean>();
  let flips = 0;
  for (const { commit_sha: sha, conclusion } of recent) {
    const passed = conclusion === 'success';
    if (last.has(sha) && last.get(sha) !== passed) {
      flips += 1;
    }
    last.set(sha, passed);
  }
  return { flips, executions: recent.length };
}
