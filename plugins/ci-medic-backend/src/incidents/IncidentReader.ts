import { InputError, NotFoundError } from '@backstage/errors';
import {
  Incident,
  IncidentState,
  Occurrence,
  Page,
  TimelineEvent,
} from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  readNumber,
  readProject,
  readText,
  readTime,
} from '../database';
import { summarizeIncidents } from './summarizeIncidents';

const MOST_OCCURRENCES = 200;

export type IncidentFilter = {
  entityRef: string;
  state?: IncidentState;
  branch?: string;
  pipeline?: string;
  text?: string;
};

/**
 * Reads incidents for people, open ones first, then by when they were last seen.
 */
export class IncidentReader {
  static create(options: { database: CiMedicDatabase }): IncidentReader {
    return new IncidentReader(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  async list(
    query: IncidentFilter & { cursor?: string; limit?: number },
  ): Promise<Page<Incident>> {
    const { cursor, limit = 20 } = query;
    const { knex } = this.#database;
    const rank = `case when incidents.state = 'open' then 1 else 0 end`;
    const select = this.#matching(query)
      .join('projects', 'projects.id', 'incidents.project_id')
      .select('incidents.*', 'provider', 'host', 'slug')
      .select(knex.raw(`${rank} as open_rank`))
      .orderByRaw(
        `${rank} desc, incidents.last_seen_at desc, incidents.id desc`,
      )
      .limit(limit + 1);
    if (cursor) {
      const [isOpen, at, id] = readCursor(cursor);
      select.whereRaw(
        `(${rank}, incidents.last_seen_at, incidents.id) < (?, ?, ?)`,
        [isOpen, at, id],
      );
    }
    const rows = await select;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page[page.length - 1] : undefined;
    return {
      items: await this.#present(page),
      nextCursor: last && `${last.open_rank}_${last.last_seen_at}_${last.id}`,
      totalItems: await this.count(query),
    };
  }

  async count(filter: IncidentFilter): Promise<number> {
    const row = await this.#matching(filter)
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    return readNumber(row?.count) ?? 0;
  }

  /**
   * @throws NotFoundError when there is no such incident.
   */
  async get(id: string): Promise<Incident> {
    const rows = await this.#database
      .knex('incidents')
      .join('projects', 'projects.id', 'incidents.project_id')
      .where('incidents.id', id)
      .select('incidents.*', 'provider', 'host', 'slug');
    if (rows.length === 0) {
      throw new NotFoundError(`There is no incident ${id}`);
    }
    return (await this.#present(rows))[0];
  }

  /** The latest occurrences in runs of some entities, newest first. */
  async occurrences(id: string, entityRefs: string[]): Promise<Occurrence[]> {
    const rows = await this.#occurrencesOf(id, entityRefs)
      .join('jobs', 'jobs.job_id', 'incident_occurrences.job_id')
      .join('runs', join =>
        join
          .on('runs.run_id', 'incident_occurrences.run_id')
          .andOn('runs.attempt', 'incident_occurrences.attempt'),
      )
      .orderBy('incident_occurrences.at', 'desc')
      .limit(MOST_OCCURRENCES)
      .select(
        'incident_occurrences.*',
        'jobs.name',
        'jobs.url',
        'runs.pipeline_name',
        'runs.branch',
        'runs.commit_sha',
        'runs.number',
      );
    return rows.map((row: any) => ({
      runId: row.run_id,
      attempt: row.attempt,
      jobId: row.job_id,
      jobName: row.name,
      pipeline: row.pipeline_name,
      branch: readText(row.branch),
      commitSha: row.commit_sha,
      runNumber: readNumber(row.number),
      at: readTime(row.at)!,
      url: readText(row.url),
    }));
  }

  /**
   * State changes, and the occurrences between them, oldest first. What a job caused that is not in `entityRefs` is told
   * without naming it.
   */
  async timeline(
    id: string,
    entityRefs: string[],
    occurrences: Occurrence[],
  ): Promise<TimelineEvent[]> {
    const { knex } = this.#database;
    const all = await knex('incident_timeline')
      .where({ incident_id: id })
      .orderBy('position');
    const seen = new Set(
      await knex('run_entities')
        .whereIn('entity_ref', entityRefs)
        .whereIn(
          'run_id',
          all.flatMap(({ run_id }) => run_id ?? []),
        )
        .pluck('run_id'),
    );
    const rows = all.map(row =>
      row.run_id === null || seen.has(row.run_id)
        ? row
        : {
            ...row,
            message: 'By a job of another service',
            run_id: null,
            attempt: null,
            job_id: null,
          },
    );
    const told = new Set(
      rows.filter(row => row.kind !== 'resolved').map(row => row.job_id),
    );
    const changes = rows.map(row => ({
      id: row.id,
      at: readTime(row.at)!,
      kind: row.kind,
      message: row.message,
      actor: readText(row.actor),
      runId: readText(row.run_id),
      attempt: readNumber(row.attempt),
      jobId: readText(row.job_id),
    }));
    const occurred = occurrences
      .filter(({ jobId }) => !told.has(jobId))
      .map(({ jobId, runId, attempt, jobName, branch, at }) => ({
        id: `occurred-${jobId}`,
        at,
        kind: 'occurred' as const,
        message: `Job "${jobName}"${branch ? ` on ${branch}` : ''} failed`,
        ...{ runId, attempt, jobId },
      }));
    return [...changes, ...occurred].sort((left, right) =>
      left.at < right.at ? -1 : Number(left.at > right.at),
    );
  }

  /** The latest failed job whose log explains something. */
  async evidenceJob(
    id: string,
    entityRefs: string[],
  ): Promise<string | undefined> {
    const row = await this.#occurrencesOf(id, entityRefs)
      .join('job_logs', 'job_logs.job_id', 'incident_occurrences.job_id')
      .where('job_logs.state', 'stored')
      .orderBy('incident_occurrences.at', 'desc')
      .first('incident_occurrences.job_id');
    return row?.job_id;
  }

  #occurrencesOf(id: string, entityRefs: string[]): Knex.QueryBuilder {
    return this.#database
      .knex('incident_occurrences')
      .where('incident_occurrences.incident_id', id)
      .whereExists(query =>
        query
          .from('run_entities')
          .whereRaw('run_entities.run_id = incident_occurrences.run_id')
          .whereIn('run_entities.entity_ref', entityRefs)
          .select(this.#database.knex.raw('1')),
      );
  }

  #matching(filter: IncidentFilter): Knex.QueryBuilder {
    const { knex } = this.#database;
    const { entityRef, state, branch, pipeline, text } = filter;
    const select = knex('incidents').whereExists(query => {
      query
        .from('incident_occurrences')
        .join(
          'run_entities',
          'run_entities.run_id',
          'incident_occurrences.run_id',
        )
        .whereRaw('incident_occurrences.incident_id = incidents.id')
        .where('run_entities.entity_ref', entityRef)
        .select(knex.raw('1'));
      if (branch !== undefined) {
        query.where('run_entities.branch', branch);
      }
      if (pipeline !== undefined) {
        query
          .join('job_tracks', 'job_tracks.id', 'incident_occurrences.track_id')
          .where('job_tracks.pipeline_name', pipeline);
      }
      if (text) {
        const pattern = text
          .toLocaleLowerCase('en-US')
          .replace(/[\\%_]/g, '\\$&');
        query.whereRaw(`incident_occurrences.title_search like ? escape '\\'`, [
          `%${pattern}%`,
        ]);
      }
    });
    return state ? select.where('incidents.state', state) : select;
  }

  async #present(rows: any[]): Promise<Incident[]> {
    const summaries = await summarizeIncidents(
      this.#database.knex,
      rows.map(row => row.id),
    );
    return rows.map(row => ({
      id: row.id,
      ...(row.kind === 'anomaly' && { subject: 'figure' as const }),
      state: row.state,
      version: row.version,
      fingerprint: row.fingerprint,
      project: readProject(row).ref,
      occurrences: row.occurrences,
      firstSeenAt: readTime(row.first_seen_at)!,
      lastSeenAt: readTime(row.last_seen_at)!,
      resolvedAt: readTime(row.resolved_at),
      reopened: row.reopened,
      ...summaries.get(row.id)!,
    }));
  }
}

function readCursor(cursor: string): [number, number, string] {
  const [isOpen, at, id] = cursor.split('_');
  if (!/^[01]$/.test(isOpen) || !/^\d{1,16}$/.test(at) || !id) {
    throw new InputError('The cursor is not one that this API gave out');
  }
  return [Number(isOpen), Number(at), id];
}
