import { ProviderRun } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  INDEXED_TEXT_LENGTH,
  Project,
  readNumber,
  runIdOf,
  writeText,
  writeTime,
} from '../database';
import { rankOf } from './rankOf';

const TEXT_LENGTH = 2_000;

/** What is known of an attempt, as far as the collector needs it. */
export type StoredRun = {
  runId: string;
  attempt: number;
  projectId: string;
  externalId: string;
  rank: number;
  updatedAt?: number;
  isCollected: boolean;
};

/**
 * Attempts of runs. News of an attempt may come twice and in any order: its state only moves forward, and of two that
 * say the same state the later one counts.
 */
export class RunStore {
  static create(options: { database: CiMedicDatabase }): RunStore {
    return new RunStore(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /** Returns whether this was news. */
  async save(
    knex: Knex.Transaction,
    project: Project,
    run: ProviderRun,
  ): Promise<boolean> {
    const row = this.#rowOf(project, run);
    const keepCollected = (column: string) =>
      knex.raw(
        `case when runs.collected_at is null then excluded.${column} else runs.${column} end`,
      );
    const {
      run_id: _run,
      attempt: _attempt,
      project_id: _project,
      ...merged
    } = row;
    const written = await knex('runs')
      .insert(row)
      .onConflict(['run_id', 'attempt'])
      .merge({
        ...merged,
        completed_at: keepCollected('completed_at'),
        duration_ms: keepCollected('duration_ms'),
      })
      .whereRaw(
        'excluded.rank > runs.rank or (excluded.rank = runs.rank and coalesce(excluded.updated_at, 0) > coalesce(runs.updated_at, 0))',
      )
      .returning('run_id');
    return written.length > 0;
  }

  /** All attempts of a run that are known, in order. */
  async attempts(knex: Knex, runId: string): Promise<StoredRun[]> {
    const rows = await knex('runs').where({ run_id: runId }).orderBy('attempt');
    return rows.map(readRun);
  }

  /** The latest attempts that are known of some runs, by run id. */
  async latest(knex: Knex, runIds: string[]): Promise<Map<string, StoredRun>> {
    const rows = await knex('runs')
      .whereIn('run_id', runIds)
      .orderBy('attempt');
    return new Map(rows.map(row => [row.run_id, readRun(row)]));
  }

  /**
   * Marks an attempt as completely stored, with the figures that follow from its jobs: it ended when its last job
   * did, and queued as long as its first job waited for a runner.
   */
  async markCollected(
    knex: Knex.Transaction,
    runId: string,
    attempt: number,
  ): Promise<void> {
    const jobs = await knex('jobs')
      .where({ run_id: runId, attempt })
      .whereNotNull('started_at')
      .orderBy('started_at')
      .select('started_at', 'completed_at', 'queue_ms', 'conclusion');
    const ran = jobs.filter(job => job.conclusion !== 'skipped');
    const ends = ran.map(job => readNumber(job.completed_at) ?? 0);
    const completedAt = ends.length > 0 ? Math.max(...ends) : 0;
    const run = await knex('runs')
      .where({ run_id: runId, attempt })
      .first('started_at', 'created_at');
    const startedAt = readNumber(run.started_at) ?? readNumber(run.created_at)!;
    await knex('runs')
      .where({ run_id: runId, attempt })
      .update({
        collected_at: this.#database.nowExpression(),
        queue_ms: readNumber(ran[0]?.queue_ms) ?? null,
        ...(completedAt > 0 && {
          completed_at: completedAt,
          duration_ms: Math.max(0, completedAt - startedAt),
        }),
      });
  }

  #rowOf(project: Project, run: ProviderRun) {
    const rank = rankOf(run.status);
    const startedAt = writeTime(run.startedAt);
    const updatedAt = writeTime(run.updatedAt);
    const completedAt = rank === 2 ? updatedAt : null;
    return {
      run_id: runIdOf(project.ref, run.runId),
      attempt: run.attempt,
      project_id: project.id,
      external_id: writeText(run.runId, INDEXED_TEXT_LENGTH),
      number: run.number ?? null,
      pipeline_id: writeText(run.pipeline.id, INDEXED_TEXT_LENGTH),
      pipeline_name: writeText(run.pipeline.name, INDEXED_TEXT_LENGTH),
      pipeline_path: writeText(run.pipeline.path, TEXT_LENGTH),
      title: writeText(run.title, TEXT_LENGTH),
      event: writeText(run.event, INDEXED_TEXT_LENGTH),
      branch: writeText(run.branch, INDEXED_TEXT_LENGTH),
      commit_sha: writeText(run.commit.sha, 64),
      commit_title: writeText(run.commit.title, TEXT_LENGTH),
      commit_author: writeText(run.commit.author, INDEXED_TEXT_LENGTH),
      commit_at: writeTime(run.commit.at),
      commit_url: writeText(run.commit.url, TEXT_LENGTH),
      actor: writeText(run.actor, INDEXED_TEXT_LENGTH),
      pull_requests: JSON.stringify(run.pullRequests.slice(0, 100)),
      is_fork: run.isFork,
      status: run.status,
      rank,
      conclusion: run.conclusion ?? null,
      created_at: writeTime(run.createdAt) ?? startedAt ?? updatedAt ?? 0,
      started_at: startedAt,
      completed_at: completedAt,
      updated_at: updatedAt,
      duration_ms:
        completedAt !== null && startedAt !== null
          ? Math.max(0, completedAt - startedAt)
          : null,
      url: writeText(run.url, TEXT_LENGTH),
      stored_at: this.#database.nowExpression(),
    };
  }
}

function readRun(row: any): StoredRun {
  return {
    runId: row.run_id,
    attempt: row.attempt,
    projectId: row.project_id,
    externalId: row.external_id,
    rank: row.rank,
    updatedAt: readNumber(row.updated_at),
    isCollected: row.collected_at !== null,
  };
}
