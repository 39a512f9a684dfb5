import { NotFoundError } from '@backstage/errors';
import {
  SeriesMetric,
  seriesMetricSchema,
  SeriesPoint,
  SeriesSubject,
  seriesSubjectSchema,
  SeriesSummary,
  SeriesUnit,
  UsualRange,
} from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  pointsOf,
  readNumber,
  readText,
  readTime,
} from '../database';
import { usualRanges } from './usualRanges';

const DAY_MS = 24 * 3_600_000;
/** More are not sent; the newest are. */
const MOST_POINTS = 2_000;
const MOST_SUBJECTS = 300;
/** What was measured last longer ago is not listed. */
const LISTED_MS = 60 * DAY_MS;

const units: Record<SeriesMetric, SeriesUnit> = {
  duration: 'seconds',
  queue: 'seconds',
  attempts: 'count',
  failure: 'share',
  flip: 'share',
  timeout: 'share',
  minutes: 'minutes',
  cost: 'currency',
  log_size: 'bytes',
  value: 'other',
};

/** A series without its anomalies. */
export type SeriesWindow = {
  subject: SeriesSubject;
  metric: SeriesMetric;
  unit: SeriesUnit;
  unitName?: string;
  points: SeriesPoint[];
  omitted: number;
  usual: UsualRange[];
};

/**
 * Reads series for people. Of a pipeline that several entities share, an entity sees the runs that concern it.
 */
export class SeriesReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** What is measured of an entity: pipelines, then jobs, figures from outside, tests and warnings, by name. */
  async list(entityRef: string): Promise<SeriesSummary[]> {
    const { knex } = this.#database;
    const now = await this.#database.now();
    const rows = await this.#subjects(entityRef)
      .where('last_at', '>', now - LISTED_MS)
      .orderByRaw(
        `case kind ${seriesSubjectSchema.shape.kind.options
          .map((kind, index) => `when '${kind}' then ${index}`)
          .join(' ')} end`,
      )
      .orderBy([
        'pipeline_name',
        'job_name',
        'name',
        'branch_class',
        'runner_class',
      ])
      .limit(MOST_SUBJECTS);
    const ids = rows.map(row => row.id);
    const counts = await this.#counts(knex, ids);
    const anomalies: any[] = await knex('anomalies')
      .whereIn('subject_id', ids)
      .where({ stage: 'alert' })
      .whereNull('ended_at')
      .groupBy('subject_id', 'metric')
      .select('subject_id', 'metric')
      .count({ count: '*' });
    return rows.map(row => ({
      ...presentSubject(row),
      lastAt: readTime(row.last_at)!,
      metrics: seriesMetricSchema.options.flatMap(metric => {
        const points = readNumber(counts.get(row.id)?.[metric]) ?? 0;
        const open = anomalies.find(
          one => one.subject_id === row.id && one.metric === metric,
        );
        return points === 0
          ? []
          : [
              {
                metric,
                ...unitOf(metric, readText(row.unit)),
                points,
                anomalies: readNumber(open?.count) ?? 0,
              },
            ];
      }),
    }));
  }

  /**
   * @throws NotFoundError when the entity has no such series
   */
  async read(query: {
    entityRef: string;
    subjectId: string;
    metric: SeriesMetric;
    days: number;
  }): Promise<SeriesWindow> {
    const { entityRef, subjectId, metric, days } = query;
    const row = await this.#subjects(entityRef)
      .where({ id: subjectId })
      .first();
    if (!row) {
      throw new NotFoundError(`${entityRef} has no series ${subjectId}`);
    }
    const { knex } = this.#database;
    const since = (await this.#database.now()) - days * DAY_MS;
    const matching = () => {
      const select = pointsOf(knex, row)
        .where('at', '>=', since)
        .whereNotNull(metric);
      return row.entity_ref
        ? select
        : select.whereExists(
            knex('run_entities')
              .where({ entity_ref: entityRef })
              .whereRaw('run_entities.run_id = series_points.run_id')
              .select('run_id'),
          );
    };
    const rows = await matching()
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ])
      .limit(MOST_POINTS)
      .select('at', 'run_id', 'number', 'commit_sha', 'job_id', metric);
    const total = await matching()
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    const points: SeriesPoint[] = rows
      .reverse()
      .map((point: any) => presentPoint(point, metric));
    const moves = await knex('anomalies')
      .where({ subject_id: subjectId, metric })
      .whereNot({ stage: 'note' })
      .whereIn('kind', ['shift', 'rate', 'count'])
      .select('began_at', 'ended_at');
    const { unit, unitName } = unitOf(metric, readText(row.unit));
    return {
      subject: presentSubject(row),
      metric,
      unit,
      unitName,
      points,
      omitted: (readNumber(total?.count) ?? 0) - points.length,
      usual: usualRanges(
        points,
        moves.flatMap(({ began_at, ended_at }) => [
          readNumber(began_at)!,
          ...(ended_at === null ? [] : [readNumber(ended_at)!]),
        ]),
        { isShare: unit === 'share' },
      ),
    };
  }

  /** Subjects that the entity has runs of, and figures from outside that are its own. */
  #subjects(entityRef: string) {
    const { knex } = this.#database;
    return knex('series_subjects').where(builder =>
      builder
        .where({ entity_ref: entityRef })
        .orWhereExists(
          knex('run_entities')
            .join('runs', 'runs.run_id', 'run_entities.run_id')
            .where('run_entities.entity_ref', entityRef)
            .whereRaw(
              'run_entities.pipeline_id = series_subjects.pipeline_id and runs.project_id = series_subjects.project_id',
            )
            .select('run_entities.run_id'),
        ),
    );
  }

  async #counts(knex: Knex, ids: string[]): Promise<Map<string, any>> {
    const select = knex('series_points')
      .whereIn('subject_id', ids)
      .groupBy('subject_id')
      .select('subject_id');
    for (const metric of seriesMetricSchema.options) {
      select.count({ [metric]: metric });
    }
    const rows: any[] = await select;
    return new Map(rows.map(row => [row.subject_id, row]));
  }
}

/** A row of `series_subjects` as the API tells it. */
export function presentSubject(row: any): SeriesSubject {
  return {
    id: row.id,
    kind: row.kind,
    pipeline: readText(row.pipeline_name),
    job: readText(row.job_name),
    name: readText(row.name),
    branchClass: row.branch_class ?? undefined,
    runnerClass: readText(row.runner_class),
  };
}

function presentPoint(row: any, metric: SeriesMetric): SeriesPoint {
  return {
    at: readTime(row.at)!,
    value: readNumber(row[metric])!,
    runId: row.run_id || undefined,
    runNumber: readNumber(row.number),
    commitSha: readText(row.commit_sha),
    jobId: readText(row.job_id),
  };
}

/** The unit of a metric; figures from outside bring their own. */
export function unitOf(
  metric: SeriesMetric,
  own: string | undefined,
): { unit: SeriesUnit; unitName?: string } {
  if (metric !== 'value') {
    return { unit: units[metric] };
  }
  return own === 'seconds' || own === 'bytes' || own === 'share'
    ? { unit: own }
    : { unit: 'other', unitName: own };
}
