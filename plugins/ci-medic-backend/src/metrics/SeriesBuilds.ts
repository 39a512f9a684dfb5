import { SeriesBuild } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readNumber, readText, readTime } from '../database';
import { seriesBuild, workFor, workPriority, WorkQueue } from '../work';
import { SERIES_VERSION } from './seriesVersion';

/**
 * Building all series of a project anew: by itself when what is measured changes, and when somebody asks for it.
 */
export class SeriesBuilds {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  constructor(options: { database: CiMedicDatabase; queue: WorkQueue }) {
    this.#database = options.database;
    this.#queue = options.queue;
  }

  /** Starts those that are due. */
  async run(): Promise<void> {
    const due = await this.#database
      .knex('projects')
      .leftJoin('series_builds', 'series_builds.project_id', 'projects.id')
      .where(builder =>
        builder
          .whereNull('series_builds.project_id')
          .orWhere('series_builds.wanted_version', '<', SERIES_VERSION),
      )
      .pluck('projects.id');
    for (const projectId of due) {
      await this.#database.transaction(knex => this.#begin(knex, projectId));
    }
  }

  /** Starts one, unless it is under way. */
  async start(projectId: string): Promise<SeriesBuild> {
    await this.#database.transaction(async knex => {
      const active = await knex('series_builds')
        .where({ project_id: projectId })
        .whereIn('state', ['queued', 'running'])
        .first('project_id');
      if (!active) {
        await this.#begin(knex, projectId);
      }
    });
    return (await this.latest(projectId))!;
  }

  async latest(projectId: string): Promise<SeriesBuild | undefined> {
    const row = await this.#database
      .knex('series_builds')
      .where({ project_id: projectId })
      .first();
    return (
      row && {
        state: row.state,
        done: readNumber(row.done)!,
        total: readNumber(row.total)!,
        requestedAt: readTime(row.requested_at)!,
        finishedAt: readTime(row.finished_at),
        reason: readText(row.reason),
      }
    );
  }

  async #begin(knex: Knex.Transaction, projectId: string) {
    const row = {
      wanted_version: SERIES_VERSION,
      state: 'queued',
      done: 0,
      total: 0,
      cursor: null,
      reason: null,
      requested_at: this.#database.nowExpression(),
      finished_at: null,
    };
    await knex('series_builds')
      .insert({ project_id: projectId, ...row })
      .onConflict('project_id')
      .merge(row);
    await this.#queue.enqueue(
      knex,
      workFor(
        seriesBuild,
        { projectId },
        { lane: projectId, priority: workPriority.background },
      ),
    );
  }
}
