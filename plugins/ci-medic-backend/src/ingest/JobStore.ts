import { ProviderJob, ProviderStep } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  INDEXED_TEXT_LENGTH,
  insertInBatches,
  jobIdOf,
  Project,
  writeText,
  writeTime,
} from '../database';
import { rankOf } from './rankOf';

const MOST_STEPS = 1_000;

/**
 * Jobs of attempts with their steps. As with runs, states only move forward.
 */
export class JobStore {
  static create(options: { database: CiMedicDatabase }): JobStore {
    return new JobStore(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /**
   * Saves jobs of one attempt, which must be stored already.
   *
   * @returns ids of those that completed and whose log can be read.
   */
  async save(options: {
    knex: Knex.Transaction;
    project: Project;
    runId: string;
    attempt: number;
    jobs: ProviderJob[];
  }): Promise<string[]> {
    const { knex, project, runId, attempt } = options;
    const ofRun = (column: string) =>
      knex('runs').where({ run_id: runId, attempt }).select(column);
    const jobs = options.jobs.map(job => ({
      job,
      id: jobIdOf(project.ref, job.jobId),
    }));
    await insertInBatches({
      knex,
      table: 'jobs',
      rows: jobs.map(({ job, id }) => ({
        ...this.#rowOf(job, id),
        run_id: runId,
        attempt,
        project_id: project.id,
        pipeline_id: ofRun('pipeline_id'),
        branch: ofRun('branch'),
      })),
      refine: insert =>
        insert
          .onConflict('job_id')
          .merge()
          .whereRaw('excluded.rank >= jobs.rank'),
    });
    await insertInBatches({
      knex,
      table: 'steps',
      rows: jobs.flatMap(({ job, id }) =>
        uniqueSteps(job).map(step => stepRowOf(step, id)),
      ),
      refine: insert =>
        insert
          .onConflict(['job_id', 'number'])
          .merge()
          // A job that came late must not undo what is known of its steps.
          .whereRaw(
            `steps.status <> 'completed' or excluded.status = 'completed'`,
          ),
    });
    return jobs
      .filter(
        ({ job }) => job.status === 'completed' && job.conclusion !== 'skipped',
      )
      .map(({ id }) => id);
  }

  #rowOf(job: ProviderJob, id: string) {
    const createdAt = writeTime(job.createdAt);
    const startedAt = writeTime(job.startedAt);
    const completedAt = writeTime(job.completedAt);
    return {
      job_id: id,
      external_id: writeText(job.jobId, INDEXED_TEXT_LENGTH),
      name: writeText(job.name, INDEXED_TEXT_LENGTH),
      status: job.status,
      rank: rankOf(job.status),
      conclusion: job.conclusion ?? null,
      created_at: createdAt,
      started_at: startedAt,
      completed_at: completedAt,
      duration_ms: between(startedAt, completedAt),
      // A job that waits has its start set to its creation by some systems.
      queue_ms: job.status === 'queued' ? null : between(createdAt, startedAt),
      runner_name: writeText(job.runner.name, INDEXED_TEXT_LENGTH),
      runner_group: writeText(job.runner.group, INDEXED_TEXT_LENGTH),
      runner_labels: JSON.stringify(
        job.runner.labels
          .slice(0, 50)
          .map(label => writeText(label, INDEXED_TEXT_LENGTH)),
      ),
      url: writeText(job.url, 2_000),
      stored_at: this.#database.nowExpression(),
    };
  }
}

function uniqueSteps(job: ProviderJob): ProviderStep[] {
  const byNumber = new Map(job.steps.map(step => [step.number, step]));
  return [...byNumber.values()].slice(0, MOST_STEPS);
}

function stepRowOf(step: ProviderStep, jobId: string) {
  const startedAt = writeTime(step.startedAt);
  const completedAt = writeTime(step.completedAt);
  return {
    job_id: jobId,
    number: step.number,
    name: writeText(step.name, INDEXED_TEXT_LENGTH),
    status: step.status,
    conclusion: step.conclusion ?? null,
    started_at: startedAt,
    completed_at: completedAt,
    duration_ms: between(startedAt, completedAt),
  };
}

function between(start: number | null, end: number | null): number | null {
  return start === null || end === null ? null : Math.max(0, end - start);
}
