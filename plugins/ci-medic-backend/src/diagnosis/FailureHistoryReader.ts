import { FailureChanges, FailureHistory } from '@ci-medic/diagnosis';
import { Knex } from 'knex';
import { countFlips, readJson, readNumber } from '../database';

/** A failed job, as far as its history is found by it. */
export type HistoricJob = {
  incidentId: string;
  jobId: string;
  projectId: string;
  pipelineId: string;
  name: string;
  branch: string | null;
  sha: string;
  runId: string;
  attempt: number;
  at: number;
  fingerprint: string;
};

const HOUR_MS = 3_600_000;
const MOST_ROWS = 100;
const MOST_TESTS = 50;
const RECENT_RUNS = 60;
const failing = ['failure', 'timed_out', 'startup_failure'];

/**
 * What happened before a failure and beside it, from what is stored. What is not known is left out.
 */
export class FailureHistoryReader {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async read(job: HistoricJob): Promise<FailureHistory> {
    const [sameCommit, flips, failuresInARow, tests, alike, changes, ended] =
      await Promise.all([
        this.#sameCommit(job),
        countFlips(this.#knex, job),
        this.#failuresInARow(job),
        this.#tests(job),
        this.#alike(job),
        this.changes(job),
        this.#endedByRerun(job),
      ]);
    return {
      ...{ sameCommit, flips, failuresInARow, alike },
      ...(tests && { tests }),
      ...(changes && { changes }),
      ...(ended && { endedByRerun: ended }),
    };
  }

  async #sameCommit(job: HistoricJob): Promise<FailureHistory['sameCommit']> {
    const rows: any[] = await this.#executions(job)
      .where('runs.commit_sha', job.sha)
      .whereNot('jobs.job_id', job.jobId)
      .whereIn('jobs.conclusion', ['success', ...failing])
      .limit(MOST_ROWS)
      .select('jobs.conclusion', 'jobs.completed_at');
    const count = (passed: boolean, isBefore: boolean) =>
      rows.filter(
        row =>
          (row.conclusion === 'success') === passed &&
          readNumber(row.completed_at)! < job.at === isBefore,
      ).length;
    return {
      passedBefore: count(true, true),
      passedAfter: count(true, false),
      failedBefore: count(false, true),
      failedAfter: count(false, false),
    };
  }

  /** Over different commits: running one commit again says nothing of the next. */
  async #failuresInARow(job: HistoricJob): Promise<number> {
    const rows: any[] = await this.#executions(job)
      .where({ 'jobs.branch': job.branch })
      .where('jobs.completed_at', '<=', job.at)
      .whereIn('jobs.conclusion', ['success', ...failing])
      .orderBy('jobs.completed_at', 'desc')
      .limit(MOST_ROWS)
      .select('jobs.conclusion', 'runs.commit_sha');
    const pass = rows.findIndex(({ conclusion }) => conclusion === 'success');
    const streak = pass < 0 ? rows : rows.slice(0, pass);
    return new Set(streak.map(row => row.commit_sha)).size;
  }

  async #tests(job: HistoricJob): Promise<FailureHistory['tests']> {
    const knex = this.#knex;
    const failed = await knex('test_cases')
      .where({ run_id: job.runId, attempt: job.attempt })
      .whereIn('outcome', ['failed', 'error'])
      .where(either =>
        either.where({ job_id: job.jobId }).orWhereNull('job_id'),
      )
      .limit(MOST_TESTS)
      .select('class_name', 'name');
    if (failed.length === 0) {
      return undefined;
    }
    const runs = await knex('runs')
      .where({ project_id: job.projectId, pipeline_id: job.pipelineId })
      .orderBy('created_at', 'desc')
      .limit(RECENT_RUNS)
      .select('run_id', 'commit_sha');
    const shaOf = new Map(runs.map(row => [row.run_id, row.commit_sha]));
    const known = await knex('test_cases')
      .whereIn('run_id', [...shaOf.keys()])
      .whereIn('name', [...new Set(failed.map(({ name }) => name))])
      .whereIn('outcome', ['passed', 'failed', 'error'])
      .limit(20_000)
      .select('run_id', 'class_name', 'name', 'outcome', 'flaky');
    const flaky = new Set<string>();
    const seen = new Map<string, boolean>();
    for (const row of known) {
      const test = `${row.class_name ?? ''} ${row.name}`;
      const place = `${test} ${shaOf.get(row.run_id)}`;
      const passed = row.outcome === 'passed';
      const differs = seen.has(place) && seen.get(place) !== passed;
      if (differs || Boolean(Number(row.flaky))) {
        flaky.add(test);
      }
      seen.set(place, passed);
    }
    return {
      failed: failed.length,
      knownFlaky: failed.filter(row =>
        flaky.has(`${row.class_name ?? ''} ${row.name}`),
      ).length,
    };
  }

  async #alike(job: HistoricJob): Promise<FailureHistory['alike']> {
    if (job.fingerprint.startsWith('no-log:')) {
      return undefined;
    }
    const [{ count }] = await this.#knex('incidents')
      .where({ fingerprint: job.fingerprint })
      .whereNot({ project_id: job.projectId })
      .where('last_seen_at', '>=', job.at - HOUR_MS)
      .where('first_seen_at', '<=', job.at + HOUR_MS)
      .countDistinct<{ count: unknown }[]>({ count: 'project_id' });
    return { repositories: Number(count) };
  }

  /** As found when the cause was sought; before that, whether there is a new commit at all. */
  async changes(job: HistoricJob): Promise<FailureChanges | undefined> {
    const row = await this.#knex('incident_changes')
      .where({ incident_id: job.incidentId })
      .first('body');
    const known = readJson<{ summary?: FailureChanges }>(row?.body)?.summary;
    if (known) {
      return known;
    }
    const pass = await this.#executions(job)
      .where({ 'jobs.branch': job.branch, 'jobs.conclusion': 'success' })
      .where('jobs.completed_at', '<', job.at)
      .orderBy('jobs.completed_at', 'desc')
      .first('runs.commit_sha');
    return pass?.commit_sha === job.sha ? { commits: 0 } : undefined;
  }

  /** How often this went away because the same run passed when it was run again. */
  async #endedByRerun(
    job: HistoricJob,
  ): Promise<FailureHistory['endedByRerun']> {
    const knex = this.#knex;
    const events = await knex('incident_timeline')
      .where({ incident_id: job.incidentId })
      .orderBy('position')
      .select('kind', 'run_id');
    const failedRuns = new Set<string>(
      await knex('incident_occurrences')
        .where({ incident_id: job.incidentId })
        .pluck('run_id'),
    );
    const ends = events.filter(({ kind }) => kind === 'resolved');
    return ends.length === 0
      ? undefined
      : {
          count: ends.filter(({ run_id }) => failedRuns.has(run_id)).length,
          ended: ends.length,
        };
  }

  #executions(job: HistoricJob): Knex.QueryBuilder {
    return this.#knex('jobs')
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
      .whereNotNull('jobs.completed_at');
  }
}
