import { Knex } from 'knex';
import {
  INDEXED_TEXT_LENGTH,
  insertInBatches,
  subjectIdOf,
  writeText,
} from '../database';
import { Measurement } from './Measurement';

/** A pipeline whose series changed, and since when. */
export type SeriesNews = {
  projectId: string;
  pipelineId: string;
  since: number;
};

type Identified = { id: string; one: Measurement };

/** Warnings and tests of which something is always different would make a series of each run. */
const MOST_OF_A_KIND = 100;
const bounded = ['template', 'test'];
/** What was not seen for so long leaves its place to others. */
const SEEN_MS = 60 * 24 * 3_600_000;

const isBounded = ({ one }: Identified) => bounded.includes(one.subject.kind);

/** Leaves out new templates and tests of pipelines that have too many already. */
async function withoutTooMany(
  knex: Knex,
  rows: Identified[],
): Promise<Identified[]> {
  const many = rows.filter(isBounded);
  const kept = new Set<string>();
  const left = new Map<string, number>();
  const known = new Set<string>(
    await knex('series_subjects')
      .whereIn(
        'id',
        many.map(({ id }) => id),
      )
      .pluck('id'),
  );
  for (const { id, one } of many) {
    const { kind, projectId, pipelineId } = one.subject;
    const key = `${kind} ${projectId} ${pipelineId}`;
    if (known.has(id)) {
      kept.add(id);
      continue;
    }
    const room = left.get(key) ?? (await roomFor(knex, one));
    left.set(key, kept.has(id) ? room : room - 1);
    if (room > 0) {
      kept.add(id);
    }
  }
  return rows.filter(row => !isBounded(row) || kept.has(row.id));
}

async function roomFor(knex: Knex, { subject, at }: Measurement) {
  const { kind, projectId, pipelineId } = subject;
  const row = await knex('series_subjects')
    .where({ project_id: projectId, pipeline_id: pipelineId, kind })
    .where('last_at', '>', at - SEEN_MS)
    .count<{ count: unknown }[]>({ count: 'id' })
    .first();
  return MOST_OF_A_KIND - Number(row?.count ?? 0);
}

/**
 * Measurements of runs. Those of a run replace what was measured of it before, so that it does not matter how often and
 * in which order runs are taken.
 */
export class SeriesStore {
  /**
   * Saves everything that was measured of some runs. Returns the pipelines that changed.
   *
   * @param runIds - runs that were measured, including those of which nothing came
   */
  async replace(
    knex: Knex.Transaction,
    runIds: string[],
    measurements: Measurement[],
  ): Promise<SeriesNews[]> {
    await knex('series_points').whereIn('run_id', runIds).delete();
    const rows = await withoutTooMany(
      knex,
      measurements.map(one => ({ id: subjectIdOf(one.subject), one })),
    );
    await this.#saveSubjects(knex, rows);
    await insertInBatches({
      knex,
      table: 'series_points',
      rows: rows.map(({ id, one }) => ({
        subject_id: id,
        at: one.at,
        run_id: one.runId,
        project_id: one.subject.projectId,
        number: one.number ?? null,
        commit_sha: writeText(one.commitSha, 64),
        job_id: one.jobId ?? null,
        attempts: one.attempts ?? null,
        duration: one.duration ?? null,
        queue: one.queue ?? null,
        failure: one.failure ?? null,
        flip: one.flip ?? null,
        timeout: one.timeout ?? null,
        minutes: one.minutes ?? null,
        cost: one.cost ?? null,
        log_size: one.logSize ?? null,
        value: one.value ?? null,
      })),
    });
    const news = new Map<string, SeriesNews>();
    for (const { subject, at } of measurements) {
      const { projectId, pipelineId } = subject;
      const key = `${projectId} ${pipelineId}`;
      const since = Math.min(at, news.get(key)?.since ?? at);
      news.set(key, { projectId, pipelineId, since });
    }
    await this.#tell(knex, [...news.values()]);
    return [...news.values()];
  }

  async #saveSubjects(knex: Knex.Transaction, rows: Identified[]) {
    const subjects = new Map<string, any>();
    for (const { id, one } of rows) {
      const { subject, at } = one;
      const known = subjects.get(id);
      subjects.set(id, {
        id,
        project_id: subject.projectId,
        kind: subject.kind,
        pipeline_id: subject.pipelineId,
        pipeline_name: subject.pipelineName,
        job_name: subject.jobName ?? null,
        name: writeText(subject.name, 500),
        branch_class: subject.branchClass,
        runner_class: writeText(subject.runnerClass, INDEXED_TEXT_LENGTH),
        unit: subject.kind === 'template' ? 'lines' : null,
        first_at: Math.min(at, known?.first_at ?? at),
        last_at: Math.max(at, known?.last_at ?? at),
      });
    }
    const sorted = [...subjects.values()].sort((left, right) =>
      left.id < right.id ? -1 : 1,
    );
    await insertInBatches({
      knex,
      table: 'series_subjects',
      rows: sorted,
      refine: insert =>
        insert.onConflict('id').merge({
          pipeline_name: knex.raw('excluded.pipeline_name'),
          first_at: knex.raw(
            'case when excluded.first_at < series_subjects.first_at then excluded.first_at else series_subjects.first_at end',
          ),
          last_at: knex.raw(
            'case when excluded.last_at > series_subjects.last_at then excluded.last_at else series_subjects.last_at end',
          ),
        }),
    });
  }

  async #tell(knex: Knex.Transaction, news: SeriesNews[]) {
    for (const { projectId, pipelineId, since } of news) {
      await knex('series_news')
        .insert({
          project_id: projectId,
          pipeline_id: pipelineId,
          since,
          version: 1,
        })
        .onConflict(['project_id', 'pipeline_id'])
        .merge({
          since: knex.raw(
            'case when excluded.since < series_news.since then excluded.since else series_news.since end',
          ),
          version: knex.raw('series_news.version + 1'),
        });
    }
  }
}
