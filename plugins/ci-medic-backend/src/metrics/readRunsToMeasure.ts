import { Knex } from 'knex';
import {
  nameOfTest,
  readBoolean,
  readJson,
  readNumber,
  readText,
} from '../database';
import { MeasuredJob, MeasuredRun } from './MeasuredRun';

/** Faster tests are not measured: they do not matter, and there are too many. */
const LEAST_TEST_MS = 1_000;
const MOST_TESTS = 50;

/**
 * Reads runs as they are measured: those of which every attempt that is known has ended.
 */
export async function readRunsToMeasure(
  knex: Knex,
  runIds: string[],
): Promise<MeasuredRun[]> {
  const attempts = await knex('runs')
    .whereIn('run_id', runIds)
    .orderBy(['run_id', 'attempt'])
    .select(
      'run_id',
      'attempt',
      'project_id',
      'created_at',
      'number',
      'pipeline_id',
      'pipeline_name',
      'branch',
      'is_fork',
      'commit_sha',
      'conclusion',
      'duration_ms',
      'queue_ms',
      'collected_at',
      'status',
    );
  const jobs = await knex('jobs')
    .leftJoin('job_logs', 'job_logs.job_id', 'jobs.job_id')
    .whereIn('jobs.run_id', runIds)
    .orderBy(['jobs.run_id', 'jobs.attempt', 'jobs.job_id'])
    .select(
      'jobs.job_id',
      'jobs.run_id',
      'jobs.attempt',
      'jobs.name',
      'jobs.conclusion',
      'jobs.started_at',
      'jobs.completed_at',
      'jobs.duration_ms',
      'jobs.queue_ms',
      'jobs.runner_labels',
      'jobs.runner_group',
      'job_logs.bytes',
    );
  const warnings = await readWarnings(knex, runIds);
  const tests = await readSlowTests(knex, runIds);
  const jobsByRun = new Map<string, MeasuredJob[]>();
  for (const row of jobs) {
    const known = jobsByRun.get(row.run_id) ?? [];
    known.push({
      ...readJob(row),
      warnings: warnings.get(row.job_id),
      tests: tests.get(row.job_id),
    });
    jobsByRun.set(row.run_id, known);
  }
  const runs = new Map<string, MeasuredRun>();
  const unfinished = new Set<string>();
  for (const row of attempts) {
    if (row.status !== 'completed' || row.collected_at === null) {
      unfinished.add(row.run_id);
    }
    const run: MeasuredRun = runs.get(row.run_id) ?? {
      projectId: row.project_id,
      runId: row.run_id,
      attempts: [],
      jobs: jobsByRun.get(row.run_id) ?? [],
    };
    run.attempts.push({
      attempt: row.attempt,
      createdAt: readNumber(row.created_at)!,
      number: readNumber(row.number),
      pipelineId: row.pipeline_id,
      pipelineName: row.pipeline_name,
      branch: readText(row.branch),
      isFork: readBoolean(row.is_fork),
      commitSha: row.commit_sha,
      conclusion: readText(row.conclusion),
      durationMs: readNumber(row.duration_ms),
      queueMs: readNumber(row.queue_ms),
    });
    runs.set(row.run_id, run);
  }
  return [...runs.values()].filter(({ runId }) => !unfinished.has(runId));
}

async function readWarnings(knex: Knex, runIds: string[]) {
  const rows: { job_id: string; template: string; lines: number }[] =
    await knex('job_templates')
      .join('jobs', 'jobs.job_id', 'job_templates.job_id')
      .whereIn('jobs.run_id', runIds)
      .orderBy(['job_templates.job_id', 'template_id'])
      .select('job_templates.job_id', 'template', 'lines');
  const warnings = new Map<string, { template: string; lines: number }[]>();
  for (const { job_id: jobId, template, lines } of rows) {
    const known = warnings.get(jobId) ?? [];
    known.push({ template, lines });
    warnings.set(jobId, known);
  }
  return warnings;
}

/** Of each job the slowest tests that passed in it; of several by one name the slowest. */
async function readSlowTests(knex: Knex, runIds: string[]) {
  const rows: any[] = await knex('test_cases')
    .whereIn('run_id', runIds)
    .where({ outcome: 'passed', flaky: false })
    .where('duration_ms', '>=', LEAST_TEST_MS)
    .whereNotNull('job_id')
    .orderBy([{ column: 'duration_ms', order: 'desc' }, { column: 'id' }])
    .select('job_id', 'suite', 'class_name', 'name', 'duration_ms');
  const tests = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const ofJob = tests.get(row.job_id) ?? new Map<string, number>();
    tests.set(row.job_id, ofJob);
    const name = nameOfTest(row);
    if (!ofJob.has(name) && ofJob.size < MOST_TESTS) {
      ofJob.set(name, readNumber(row.duration_ms)! / 1_000);
    }
  }
  return new Map(
    [...tests].map(([jobId, ofJob]) => [
      jobId,
      [...ofJob].map(([name, seconds]) => ({ name, seconds })),
    ]),
  );
}

function readJob(row: any): MeasuredJob {
  return {
    jobId: row.job_id,
    attempt: row.attempt,
    name: row.name,
    conclusion: readText(row.conclusion),
    startedAt: readNumber(row.started_at),
    completedAt: readNumber(row.completed_at),
    durationMs: readNumber(row.duration_ms),
    queueMs: readNumber(row.queue_ms),
    labels: readJson<string[]>(row.runner_labels) ?? [],
    group: readText(row.runner_group),
    logBytes: readNumber(row.bytes),
  };
}
