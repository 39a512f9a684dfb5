import { InputError, NotFoundError } from '@backstage/errors';
import {
  Job,
  Page,
  Run,
  RunQuery,
  RunSummary,
} from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readNumber } from '../database';
import { presentJob, presentRun } from './presentRun';

const failing = ['failure', 'timed_out', 'startup_failure', 'action_required'];

/**
 * Reads runs for people, newest first.
 */
export class RunReader {
  static create(options: { database: CiMedicDatabase }): RunReader {
    return new RunReader(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  async list(query: RunQuery): Promise<Page<RunSummary>> {
    const { limit = 20, cursor, outcome } = query;
    const { knex } = this.#database;
    const select = this.#latestOf(query)
      .select('runs.*', 'provider', 'host', 'slug')
      .orderBy([
        { column: 'run_entities.created_at', order: 'desc' },
        { column: 'run_entities.run_id', order: 'desc' },
      ])
      .limit(limit + 1);
    if (outcome === 'running') {
      select.where('runs.rank', '<', 2);
    } else if (outcome) {
      select.whereIn(
        'runs.conclusion',
        outcome === 'failed' ? failing : ['success'],
      );
    }
    if (cursor) {
      const [at, id] = cursor.split('_');
      if (!/^\d{1,16}$/.test(at) || !id) {
        throw new InputError('The cursor is not one that this API gave out');
      }
      select.whereRaw(
        '(run_entities.created_at, run_entities.run_id) < (?, ?)',
        [Number(at), id],
      );
    }
    const rows: any[] = await select;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page[page.length - 1] : undefined;
    const ids = page.map(row => row.run_id);
    const attempts = await knex('runs')
      .whereIn('run_id', ids)
      .orderBy('attempt');
    const failed: any[] = await knex('jobs')
      .whereIn('run_id', ids)
      .whereIn('conclusion', failing)
      .groupBy('run_id', 'attempt')
      .select('run_id', 'attempt')
      .count({ count: '*' });
    const incidents = await knex('incident_occurrences')
      .whereIn('run_id', ids)
      .distinct('run_id', 'incident_id');
    return {
      items: page.map(row => ({
        ...presentRun(row),
        attempts: attempts
          .filter(({ run_id }) => run_id === row.run_id)
          .map(presentRun)
          .map(({ attempt, status, conclusion, startedAt, durationMs }) => ({
            ...{ attempt, status, conclusion, startedAt, durationMs },
          })),
        failedJobs: Number(
          failed.find(
            one => one.run_id === row.run_id && one.attempt === row.attempt,
          )?.count ?? 0,
        ),
        incidentIds: incidents
          .filter(({ run_id }) => run_id === row.run_id)
          .map(({ incident_id }) => incident_id),
      })),
      nextCursor: last && `${last.created_at}_${last.run_id}`,
    };
  }

  /** Entities that a run concerns, as annotations said last. */
  async entitiesOf(runId: string): Promise<string[]> {
    return this.#database
      .knex('run_entities')
      .where({ run_id: runId })
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /**
   * @throws NotFoundError when there is no such job.
   */
  async runOfJob(jobId: string): Promise<string> {
    const row = await this.#database
      .knex('jobs')
      .where({ job_id: jobId })
      .first('run_id');
    if (!row) {
      throw new NotFoundError(`There is no job ${jobId}`);
    }
    return row.run_id;
  }

  /**
   * One attempt of a run, the latest by default, and the numbers of all that are known.
   *
   * @throws NotFoundError when there is no such attempt.
   */
  async get(
    runId: string,
    attempt?: number,
  ): Promise<{ run: Run; attempts: number[] }> {
    const rows = await this.#database
      .knex('runs')
      .join('projects', 'projects.id', 'runs.project_id')
      .where({ run_id: runId })
      .orderBy('attempt')
      .select('runs.*', 'provider', 'host', 'slug');
    const row = attempt
      ? rows.find(one => one.attempt === attempt)
      : rows[rows.length - 1];
    if (!row) {
      throw new NotFoundError(
        attempt && rows.length > 0
          ? `The run ${runId} has no attempt ${attempt}`
          : `There is no run ${runId}`,
      );
    }
    return { run: presentRun(row), attempts: rows.map(one => one.attempt) };
  }

  /** Jobs of an attempt in the order in which they started. */
  async jobs(runId: string, attempt: number): Promise<Job[]> {
    const { knex } = this.#database;
    const rows = await knex('jobs')
      .leftJoin('job_logs', 'job_logs.job_id', 'jobs.job_id')
      .leftJoin(
        'incident_occurrences',
        'incident_occurrences.job_id',
        'jobs.job_id',
      )
      .where({ 'jobs.run_id': runId, 'jobs.attempt': attempt })
      .select(
        'jobs.*',
        'incident_occurrences.incident_id',
        knex.ref('job_logs.state').as('log_state'),
        knex.ref('job_logs.reason').as('log_reason'),
        knex.ref('job_logs.lines').as('log_lines'),
        knex.ref('job_logs.bytes').as('log_bytes'),
        knex.ref('job_logs.redactions').as('log_redactions'),
      );
    const ids = rows.map(row => row.job_id);
    const steps = await knex('steps').whereIn('job_id', ids).orderBy('number');
    const tests = await this.testCounts(runId, attempt);
    return rows
      .sort(
        (left, right) =>
          startOf(left) - startOf(right) || (left.name < right.name ? -1 : 1),
      )
      .map(row =>
        presentJob(
          row,
          steps.filter(step => step.job_id === row.job_id),
          tests.get(row.job_id) ?? noTests(),
        ),
      );
  }

  /** Numbers of test cases by job; those of no known job under `''`. */
  async testCounts(
    runId: string,
    attempt: number,
  ): Promise<Map<string, Job['tests']>> {
    const rows: any[] = await this.#database
      .knex('test_cases')
      .where({ run_id: runId, attempt })
      .groupBy('job_id', 'outcome_rank')
      .select('job_id', 'outcome_rank')
      .count({ count: '*' });
    const counts = new Map<string, Job['tests']>();
    for (const row of rows) {
      const job = row.job_id ?? '';
      const tests = counts.get(job) ?? noTests();
      const count = Number(row.count);
      const kinds = ['failed', 'failed', 'flaky', 'passed', 'skipped'] as const;
      tests[kinds[row.outcome_rank]] += count;
      counts.set(job, tests);
    }
    return counts;
  }

  async problems(runId: string, attempt: number) {
    return this.#database
      .knex('run_problems')
      .where({ run_id: runId, attempt })
      .orderBy('subject')
      .select('subject', 'reason');
  }

  #latestOf(query: RunQuery): Knex.QueryBuilder {
    const { knex } = this.#database;
    const select = knex('run_entities')
      .join('runs', 'runs.run_id', 'run_entities.run_id')
      .join('projects', 'projects.id', 'runs.project_id')
      .where('run_entities.entity_ref', query.entityRef)
      .whereNotExists(later =>
        later
          .from({ later: 'runs' })
          .whereRaw('later.run_id = runs.run_id')
          .whereRaw('later.attempt > runs.attempt')
          .select(knex.raw('1')),
      );
    if (query.branch !== undefined) {
      select.where('run_entities.branch', query.branch);
    }
    if (query.pipeline !== undefined) {
      select.where('runs.pipeline_name', query.pipeline);
    }
    return select;
  }
}

function startOf(row: any): number {
  return readNumber(row.started_at ?? row.created_at) ?? Infinity;
}

export function noTests(): Job['tests'] {
  return { passed: 0, failed: 0, skipped: 0, flaky: 0 };
}
