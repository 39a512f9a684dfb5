import { isMassFailure } from '@ci-medic/detection';
import { runnerClassOf } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readBoolean, readJson, readNumber, readText } from '../database';

/** A test in one attempt. */
export type TestRunCase = {
  testId: string;
  name: string;
  /** The job that it ran in, by id; empty when it is not known. */
  job: string;
  outcome: 'passed' | 'failed';
  /** It failed and passed within the attempt. */
  flaky: boolean;
  message?: string;
};

/** An attempt with its tests. */
export type TestRun = {
  runId: string;
  attempt: number;
  sha: string;
  at: number;
  cases: TestRunCase[];
  /** By id: on which runners, and for how long. */
  jobs: Map<string, { runner: string; minutes: number }>;
  /** Tests that failed in an earlier attempt of the run. */
  failedBefore: Set<string>;
  /** Jobs that failed for reasons of the infrastructure. */
  outages: Set<string>;
};

/**
 * The oldest attempts of a pipeline whose tests were not judged yet.
 */
export async function readTestRuns(
  knex: Knex,
  pipeline: { projectId: string; pipelineId: string },
  limit: number,
): Promise<TestRun[]> {
  const attempts = await knex('runs')
    .where({
      project_id: pipeline.projectId,
      pipeline_id: pipeline.pipelineId,
    })
    .whereNull('tests_judged_at')
    .whereNotNull('collected_at')
    .whereExists(
      knex('test_cases')
        .whereRaw(
          'test_cases.run_id = runs.run_id and test_cases.attempt = runs.attempt',
        )
        .whereNotNull('test_id')
        .select('id'),
    )
    .orderBy(['completed_at', 'run_id', 'attempt'])
    .limit(limit)
    .select('run_id', 'attempt', 'commit_sha', 'created_at', 'completed_at');
  const runIds = [...new Set(attempts.map(({ run_id }) => run_id))];
  const cases = await knex('test_cases')
    .whereIn('run_id', runIds)
    .whereNotNull('test_id')
    .whereNot('outcome', 'skipped')
    .orderBy(['run_id', 'attempt', 'position'])
    .select(
      'run_id',
      'attempt',
      'job_id',
      'test_id',
      'name',
      'outcome',
      'flaky',
      'message',
    );
  const jobs = await knex('jobs')
    .whereIn('run_id', runIds)
    .select('job_id', 'runner_labels', 'runner_group', 'duration_ms');
  const outages = await outagesOf(knex, runIds);
  const byJob = new Map(
    jobs.map(row => [
      row.job_id as string,
      {
        runner: runnerClassOf(
          readJson<string[]>(row.runner_labels) ?? [],
          readText(row.runner_group),
        ),
        minutes: (readNumber(row.duration_ms) ?? 0) / 60_000,
      },
    ]),
  );
  return attempts.map(row => {
    const ofRun = cases.filter(one => one.run_id === row.run_id);
    return {
      runId: row.run_id,
      attempt: row.attempt,
      sha: row.commit_sha,
      at: readNumber(row.completed_at ?? row.created_at)!,
      cases: ofRun.filter(one => one.attempt === row.attempt).map(readCase),
      jobs: byJob,
      failedBefore: failedIn(ofRun.filter(one => one.attempt < row.attempt)),
      outages,
    };
  });
}

function readCase(row: any): TestRunCase {
  return {
    testId: row.test_id,
    name: row.name,
    job: row.job_id ?? '',
    outcome: isFailed(row.outcome) ? 'failed' : 'passed',
    flaky: readBoolean(row.flaky),
    message: readText(row.message),
  };
}

/** Tests that failed, without those of jobs in which everything did. */
function failedIn(cases: any[]): Set<string> {
  const jobs = new Map<string, any[]>();
  for (const one of cases) {
    const key = `${one.attempt} ${one.job_id}`;
    jobs.set(key, [...(jobs.get(key) ?? []), one]);
  }
  const failed = [...jobs.values()].map(ofJob => ({
    failed: ofJob.filter(one => isFailed(one.outcome)),
    total: ofJob.length,
  }));
  return new Set(
    failed
      .filter(
        job => !isMassFailure({ failed: job.failed.length, total: job.total }),
      )
      .flatMap(job => job.failed.map(one => one.test_id)),
  );
}

function isFailed(outcome: string): boolean {
  return outcome === 'failed' || outcome === 'error';
}

/** Jobs whose incidents are diagnosed as the infrastructure's. */
async function outagesOf(knex: Knex, runIds: string[]): Promise<Set<string>> {
  const rows = await knex('incident_occurrences')
    .join(
      'diagnoses',
      'diagnoses.incident_id',
      'incident_occurrences.incident_id',
    )
    .whereIn('incident_occurrences.run_id', runIds)
    .orderBy('diagnoses.version')
    .select('incident_occurrences.job_id', 'diagnoses.category');
  const latest = new Map<string, string>(
    rows.map(row => [row.job_id, row.category]),
  );
  return new Set(
    [...latest]
      .filter(([, category]) => category === 'infrastructure')
      .map(([jobId]) => jobId),
  );
}
