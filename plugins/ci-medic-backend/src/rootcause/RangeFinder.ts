import { Knex } from 'knex';
import { RangeEnd } from '@ci-medic/plugin-ci-medic-node';
import {
  originsOf,
  readJson,
  readNumber,
  readText,
  readTime,
} from '../database';

/** The job whose first failure an incident began with, and the pass before it. */
export type FailureRange = {
  jobName: string;
  projectId: string;
  pipelineId: string;
  pipelinePath?: string;
  branch?: string;
  firstFail: RangeEnd;
  lastPass?: RangeEnd;
  /** Newest failed job, whose log is the best known. */
  latestJobId: string;
};

/** Where a figure moved: the last run that surely was as before, and the first that surely was not, lie around it. */
type MovedRange = {
  first?: { at: string };
  last?: { runId?: string };
};

/** A range whose last pass was not looked for, and the row of its first job. */
type Begun = { range: FailureRange; first: any };

/** How a job ended at a commit. */
export type JobOutcome = {
  jobId: string;
  sha: string;
  at: number;
  outcome: 'pass' | 'fail';
  runnerName?: string;
};

const MOST_OUTCOMES = 200;

/**
 * Finds where an incident began: its first failure since it opened last, and the last pass of the same job before that.
 */
export class RangeFinder {
  readonly #knex: Knex;
  readonly #origins: string[];

  constructor(options: { knex: Knex; mainBranches: string[] }) {
    this.#knex = options.knex;
    this.#origins = originsOf(options.mainBranches);
  }

  /**
   * Where something became unusual, for an incident in which nothing failed: between the last pass before the range in
   * which it began, and the end of that range.
   */
  async findMoved(incidentId: string): Promise<FailureRange | undefined> {
    const begun = await this.#begin(incidentId);
    // The one that it was opened for, rather than those that moved with it.
    const row = await this.#knex('anomalies')
      .join('incidents', 'incidents.id', 'anomalies.incident_id')
      .where({ incident_id: incidentId })
      .orderByRaw(
        "case when incidents.fingerprint = 'anomaly:' || anomalies.subject_id || ':' || anomalies.metric then 0 else 1 end",
      )
      .orderBy('anomalies.began_at', 'desc')
      .first('anomalies.body', 'anomalies.began_at');
    if (!begun || !row) {
      return begun && this.#withLastPass(begun);
    }
    const { range } = begun;
    const { first, last } =
      readJson<{ range?: MovedRange }>(row.body)?.range ?? {};
    const passes = () => this.#passesOf(range);
    const lastJob = await passes()
      .where('jobs.run_id', last?.runId ?? '')
      .first();
    const before = Date.parse(first?.at ?? '') || readNumber(row.began_at)!;
    const lastPass = await passes()
      .where({ 'jobs.branch': range.branch ?? null })
      .where('runs.created_at', '<', before)
      .orderBy('runs.created_at', 'desc')
      .first();
    return {
      ...range,
      firstFail: lastJob ? readEnd(lastJob) : range.firstFail,
      lastPass: lastPass && readEnd(lastPass),
    };
  }

  /** `undefined` when nothing is kept of its jobs any more. */
  async find(incidentId: string): Promise<FailureRange | undefined> {
    const begun = await this.#begin(incidentId);
    return begun && this.#withLastPass(begun);
  }

  /** How the job ended since the last pass, in order of time: in this incident, or well. */
  async outcomes(
    incidentId: string,
    range: FailureRange,
  ): Promise<JobOutcome[]> {
    const { projectId, pipelineId, jobName, branch, lastPass } = range;
    const since = Date.parse(lastPass?.at ?? range.firstFail.at);
    const rows = await this.#jobs()
      .leftJoin(
        'incident_occurrences',
        'incident_occurrences.job_id',
        'jobs.job_id',
      )
      .where({
        'jobs.project_id': projectId,
        'jobs.pipeline_id': pipelineId,
        'jobs.name': jobName,
        'jobs.branch': branch ?? null,
      })
      .where('jobs.completed_at', '>=', since)
      .where(either =>
        either
          .where('jobs.conclusion', 'success')
          .orWhere('incident_occurrences.incident_id', incidentId),
      )
      .orderBy('jobs.completed_at')
      .limit(MOST_OUTCOMES)
      .select('incident_occurrences.incident_id');
    return rows.map((row: any) => ({
      jobId: row.job_id,
      sha: row.commit_sha,
      at: readNumber(row.completed_at)!,
      outcome: row.conclusion === 'success' ? 'pass' : 'fail',
      runnerName: readText(row.runner_name),
    }));
  }

  /** The job that an incident began with, and all that is told by it. */
  async #begin(incidentId: string): Promise<Begun | undefined> {
    const opening = await this.#knex('incident_timeline')
      .where({ incident_id: incidentId })
      .whereIn('kind', ['opened', 'reopened'])
      .orderBy('position', 'desc')
      .first('job_id', 'at');
    const first = await this.#jobs()
      .where('jobs.job_id', opening?.job_id ?? '')
      .first();
    const latest = await this.#knex('incident_occurrences')
      .where({ incident_id: incidentId })
      .orderBy('at', 'desc')
      .first('job_id');
    if (!first || !latest) {
      return undefined;
    }
    const range: FailureRange = {
      jobName: first.name,
      projectId: first.project_id,
      pipelineId: first.pipeline_id ?? '',
      pipelinePath: readText(first.pipeline_path),
      branch: readText(first.branch),
      firstFail: readEnd(first),
      latestJobId: latest.job_id,
    };
    return { range, first };
  }

  async #withLastPass({ range, first }: Begun): Promise<FailureRange> {
    return { ...range, lastPass: await this.#lastPass(first) };
  }

  /** Before the failure, on its branch rather than on another: a new branch has no history of its own. */
  async #lastPass(first: any): Promise<RangeEnd | undefined> {
    const passes = () =>
      this.#jobs()
        .where({
          'jobs.project_id': first.project_id,
          'jobs.pipeline_id': first.pipeline_id,
          'jobs.name': first.name,
          'jobs.conclusion': 'success',
        })
        .where('jobs.completed_at', '<', first.completed_at)
        .where('runs.created_at', '<=', first.run_created_at)
        .orderBy('jobs.completed_at', 'desc');
    const row =
      (await passes().where({ 'jobs.branch': first.branch }).first()) ??
      (await passes().whereIn('jobs.branch', this.#origins).first()) ??
      (await passes().first());
    return row && readEnd(row);
  }

  #passesOf({ projectId, pipelineId, jobName }: FailureRange) {
    return this.#jobs().where({
      'jobs.project_id': projectId,
      'jobs.pipeline_id': pipelineId,
      'jobs.name': jobName,
      'jobs.conclusion': 'success',
    });
  }

  #jobs(): Knex.QueryBuilder {
    return this.#knex('jobs')
      .join('runs', join =>
        join
          .on('runs.run_id', 'jobs.run_id')
          .andOn('runs.attempt', 'jobs.attempt'),
      )
      .select(
        'jobs.*',
        'runs.commit_sha',
        'runs.pipeline_path',
        this.#knex.ref('runs.created_at').as('run_created_at'),
      );
  }
}

function readEnd(row: any): RangeEnd {
  return {
    runId: row.run_id,
    sha: row.commit_sha,
    jobId: row.job_id,
    at: readTime(row.completed_at ?? row.started_at ?? row.run_created_at)!,
  };
}
