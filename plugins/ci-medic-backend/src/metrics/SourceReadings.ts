import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { SeriesSource, SourceSeries } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  readNumber,
  stableId,
  writeText,
} from '../database';
import { anomaliesJudge, workFor, WorkQueue } from '../work';
import { SourceRegistry } from './SourceRegistry';

/** How far back a source is read that was never read before, or not for long. */
const FURTHEST_MS = 7 * 24 * 3_600_000;
/** In one reading, so that catching up does not ask for everything at once. */
const LONGEST_MS = 6 * 3_600_000;
/** Figures of the last moments may still change. */
const SETTLED_MS = 30_000;
const PATIENCE_MS = 60_000;
const MOST_SERIES = 500;

/**
 * Reads sources of figures on and on, and keeps the figures as series of their entities.
 */
export class SourceReadings {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;
  readonly #sources: SourceRegistry;
  readonly #logger: LoggerService;

  constructor(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
    sources: SourceRegistry;
    logger: LoggerService;
  }) {
    this.#database = options.database;
    this.#queue = options.queue;
    this.#sources = options.sources;
    this.#logger = options.logger;
  }

  async run(): Promise<void> {
    for (const source of this.#sources.list()) {
      try {
        await this.#read(source);
      } catch (error) {
        // The next time asks for the same again.
        this.#logger.warn(
          `${source.title} could not be read: ${toError(error).message}`,
        );
      }
    }
  }

  async #read(source: SeriesSource) {
    const now = (await this.#database.now()) - SETTLED_MS;
    const key = stableId('source', source.id);
    const row = await this.#database
      .knex('series_sources')
      .where({ id: key })
      .first('read_until');
    let from = Math.max(readNumber(row?.read_until) ?? 0, now - FURTHEST_MS);
    while (from < now) {
      const to = Math.min(now, from + LONGEST_MS);
      const series = await source.read({
        from: new Date(from),
        to: new Date(to),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await this.#store(key, series.slice(0, MOST_SERIES), { from, to });
      from = to;
    }
  }

  async #store(
    key: string,
    series: SourceSeries[],
    window: { from: number; to: number },
  ) {
    await this.#database.transaction(async knex => {
      await this.#save(knex, key, series, window);
      await knex('series_sources')
        .insert({ id: key, read_until: window.to })
        .onConflict('id')
        .merge();
    });
  }

  async #save(
    knex: Knex.Transaction,
    sourceKey: string,
    series: SourceSeries[],
    window: { from: number; to: number },
  ) {
    for (const one of series) {
      const entityRef = stringifyEntityRef(parseEntityRef(one.entityRef));
      const id = stableId(sourceKey, entityRef, one.id);
      const points = one.points
        .map(({ at, value }) => ({ at: at.getTime(), value }))
        .filter(
          ({ at, value }) =>
            Number.isFinite(value) && at > window.from && at <= window.to,
        );
      if (points.length === 0) {
        continue;
      }
      const last = points[points.length - 1].at;
      await knex('series_subjects')
        .insert({
          id,
          project_id: sourceKey,
          pipeline_id: entityRef,
          kind: 'source',
          name: writeText(one.name, 200),
          unit: writeText(one.unit, 50),
          entity_ref: entityRef,
          first_at: points[0].at,
          last_at: last,
        })
        .onConflict('id')
        .merge(['name', 'unit', 'last_at']);
      await insertInBatches({
        knex,
        table: 'series_points',
        rows: points.map(({ at, value }) => ({
          subject_id: id,
          at,
          run_id: '',
          project_id: sourceKey,
          value,
        })),
        refine: insert =>
          insert.onConflict(['subject_id', 'at', 'run_id']).merge(['value']),
      });
      await this.#tell(knex, sourceKey, entityRef, points[0].at);
    }
  }

  async #tell(
    knex: Knex.Transaction,
    projectId: string,
    pipelineId: string,
    since: number,
  ) {
    const row = { project_id: projectId, pipeline_id: pipelineId };
    await knex('series_news')
      .insert({ ...row, since, version: 1 })
      .onConflict(['project_id', 'pipeline_id'])
      .merge({ version: knex.raw('series_news.version + 1') });
    await this.#queue.enqueue(
      knex,
      workFor(anomaliesJudge, { projectId, pipelineId }),
    );
  }
}
