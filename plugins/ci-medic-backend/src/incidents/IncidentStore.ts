import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  readNumber,
  stableId,
  writeText,
} from '../database';
import { foldTimeline, Sighting, Transition } from './foldTimeline';
import { ObservedJob, orderOf } from './ObservedJob';

const MOST_PASSES = 5_000;

/** What goes with an incident that has no occurrences any more. What people said of it stays. */
const derived = [
  'incident_timeline',
  'incident_tracks',
  'alerts',
  'diagnoses',
  'incident_changes',
  'root_causes',
  'incident_causes',
  'incident_members',
];

/** An incident that differs from before. */
export type IncidentChange = {
  id: string;
  /** Whether it was opened, resolved, reopened or given up; otherwise there is only more of the same. */
  isTurn: boolean;
};

/**
 * Incidents with what they rest on. The state of one is always derived from all of its occurrences and from the runs of
 * the jobs that it struck, so that it does not matter in which order these become known.
 *
 * @remarks
 *
 * Locks are taken in one order, the track before the incidents by id, so that transactions do not wait for each other in a
 * circle.
 */
export class IncidentStore {
  static create(options: { database: CiMedicDatabase }): IncidentStore {
    return new IncidentStore(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /** Takes in a failed job. Returns the incidents that changed. */
  async takeFailure(
    knex: Knex.Transaction,
    job: ObservedJob,
  ): Promise<IncidentChange[]> {
    await this.#saveTrack(knex, job);
    const incidentId = stableId(job.projectId, 'incident', job.fingerprint);
    const before = await knex('incident_occurrences')
      .where({ job_id: job.jobId })
      .first('incident_id');
    await knex('incidents')
      .insert({
        id: incidentId,
        project_id: job.projectId,
        fingerprint: writeText(job.fingerprint, 255),
        state: 'open',
        version: 0,
        occurrences: 0,
        first_seen_at: job.at,
        last_seen_at: job.at,
      })
      .onConflict('id')
      .ignore();
    const title = writeText(job.title, 500);
    await knex('incident_occurrences')
      .insert({
        job_id: job.jobId,
        incident_id: incidentId,
        project_id: job.projectId,
        run_id: job.runId,
        attempt: job.attempt,
        track_id: job.trackId,
        run_order: job.order,
        at: job.at,
        title,
        title_search: title.toLocaleLowerCase('en-US'),
      })
      .onConflict('job_id')
      .merge();
    await knex('incident_tracks')
      .insert({ incident_id: incidentId, track_id: job.trackId })
      .onConflict(['incident_id', 'track_id'])
      .ignore();
    const concerned = new Set<string>([incidentId]);
    if (before) {
      concerned.add(before.incident_id);
    }
    const changed = await this.recompute(knex, [...concerned]);
    const isChanged = (id: string) => changed.some(each => each.id === id);
    // What its log says may be new even where nothing else is.
    const others = [...concerned].filter(id => !isChanged(id));
    return [...changed, ...others.map(id => ({ id, isTurn: false }))];
  }

  /** Takes in a passing job. Returns the incidents that changed. */
  async takePass(
    knex: Knex.Transaction,
    job: ObservedJob,
  ): Promise<IncidentChange[]> {
    const known = await knex('job_tracks')
      .where({ id: job.trackId })
      .update({
        last_seen_at: knex.raw(
          'case when last_seen_at < ? then ? else last_seen_at end',
          [job.at, job.at],
        ),
      });
    if (known === 0) {
      return [];
    }
    const incidents = await knex('incident_tracks')
      .where({ track_id: job.trackId })
      .pluck('incident_id');
    return this.recompute(knex, incidents);
  }

  /** Incidents that are open although they were not seen since `before`. */
  async listUnseen(before: number, limit: number): Promise<string[]> {
    return this.#database
      .knex('incidents')
      .where({ state: 'open', kind: 'failure' })
      .where('last_seen_at', '<', before)
      .orderBy('last_seen_at')
      .limit(limit)
      .pluck('id');
  }

  /** Derives the state of incidents anew. Returns those that changed. */
  async recompute(
    knex: Knex.Transaction,
    incidentIds: string[],
  ): Promise<IncidentChange[]> {
    const changed: IncidentChange[] = [];
    for (const id of [...incidentIds].sort()) {
      const select = knex('incidents').where({ id });
      const incident = await (this.#database.isPostgres
        ? select.forUpdate()
        : select
      ).first();
      const change = incident && (await this.#recomputeOne(knex, incident));
      if (change) {
        changed.push({ id, isTurn: change === 'turned' });
      }
    }
    return changed;
  }

  async #recomputeOne(
    knex: Knex.Transaction,
    incident: any,
  ): Promise<'turned' | 'more' | undefined> {
    const { id } = incident;
    const occurrences = await knex('incident_occurrences')
      .where({ incident_id: id })
      .select('job_id', 'track_id', 'run_order', 'at');
    if (occurrences.length === 0) {
      for (const table of derived) {
        await knex(table).where({ incident_id: id }).delete();
      }
      await knex('incidents').where({ id }).delete();
      return 'turned';
    }
    if (incident.kind !== 'failure') {
      // Its state follows from anomalies, not from jobs that failed and passed.
      return undefined;
    }
    const failures = occurrences.map(row => readSighting('failed', row));
    // An occurrence may have moved to another incident, or its run is not kept any more.
    await knex('incident_tracks')
      .where({ incident_id: id })
      .whereNotExists(
        knex('incident_occurrences')
          .where({ incident_id: id })
          .whereRaw('incident_occurrences.track_id = incident_tracks.track_id')
          .select('job_id'),
      )
      .delete();
    const passes = await this.#passesOf(knex, id, failures);
    const now = await this.#database.now(knex);
    const transitions = foldTimeline([...failures, ...passes], now);
    return this.#save(knex, incident, failures, transitions);
  }

  /** Returns how it differs from before. */
  async #save(
    knex: Knex.Transaction,
    incident: any,
    failures: Sighting[],
    transitions: Transition[],
  ): Promise<'turned' | 'more' | undefined> {
    const { id, version } = incident;
    const last = transitions[transitions.length - 1];
    const isOpen = last.kind === 'opened' || last.kind === 'reopened';
    const before = await knex('incident_timeline')
      .where({ incident_id: id })
      .orderBy('position')
      .pluck('id');
    const rows = await this.#timelineRows(knex, id, transitions);
    const isSame =
      before.length === rows.length &&
      rows.every((row, index) => row.id === before[index]);
    const times = failures.map(({ at }) => at);
    const row: Record<string, string | number | null> = {
      state: isOpen ? 'open' : 'resolved',
      version: isSame ? version : version + 1,
      occurrences: failures.length,
      first_seen_at: times.reduce((a, b) => Math.min(a, b)),
      last_seen_at: times.reduce((a, b) => Math.max(a, b)),
      resolved_at: isOpen ? null : last.at,
      reopened: transitions.filter(({ kind }) => kind === 'reopened').length,
    };
    // PostgreSQL gives large numbers as text.
    if (
      Object.keys(row).every(key => String(row[key]) === String(incident[key]))
    ) {
      return undefined;
    }
    const updated = await knex('incidents').where({ id, version }).update(row);
    if (updated === 0) {
      throw new ConflictError(`The incident ${id} changed meanwhile`);
    }
    if (!isSame) {
      await knex('incident_timeline').where({ incident_id: id }).delete();
      await insertInBatches({ knex, table: 'incident_timeline', rows });
    }
    return isSame ? 'more' : 'turned';
  }

  /** Passes of the struck jobs since the incident was first seen. */
  async #passesOf(
    knex: Knex.Transaction,
    incidentId: string,
    failures: Sighting[],
  ): Promise<Sighting[]> {
    const tracks = await knex('job_tracks')
      .join('incident_tracks', 'incident_tracks.track_id', 'job_tracks.id')
      .where({ incident_id: incidentId })
      .select('job_tracks.*');
    const passes: Sighting[] = [];
    for (const track of tracks) {
      const first = failures
        .filter(({ trackId }) => trackId === track.id)
        .reduce((least, { at }) => Math.min(least, at), Infinity);
      const rows = await knex('jobs')
        .join('runs', join =>
          join
            .on('runs.run_id', 'jobs.run_id')
            .andOn('runs.attempt', 'jobs.attempt'),
        )
        .where({
          'jobs.project_id': track.project_id,
          'jobs.pipeline_id': track.pipeline_id,
          'jobs.name': track.job_name,
          'jobs.branch': track.branch,
          'jobs.conclusion': 'success',
        })
        .where('jobs.completed_at', '>=', first)
        .orderBy('jobs.completed_at')
        .limit(MOST_PASSES)
        .select(
          'jobs.job_id',
          'jobs.run_id',
          'jobs.attempt',
          'jobs.completed_at',
          knex.ref('runs.created_at').as('run_created_at'),
        );
      passes.push(
        ...rows.map(row =>
          readSighting('passed', {
            job_id: row.job_id,
            track_id: track.id,
            run_order: orderOf(row),
            at: row.completed_at,
          }),
        ),
      );
    }
    return passes;
  }

  async #timelineRows(
    knex: Knex.Transaction,
    incidentId: string,
    transitions: Transition[],
  ) {
    const jobs = new Map<string, any>();
    const causes = transitions.flatMap(({ cause }) => cause?.jobId ?? []);
    for (let start = 0; start < causes.length; start += 500) {
      const rows = await knex('jobs')
        .whereIn('job_id', causes.slice(start, start + 500))
        .select('job_id', 'run_id', 'attempt', 'name', 'branch');
      rows.forEach(row => jobs.set(row.job_id, row));
    }
    return transitions.map(({ kind, at, cause }, position) => {
      const job = cause && jobs.get(cause.jobId);
      return {
        id: stableId(incidentId, position, kind, at, cause?.jobId ?? ''),
        incident_id: incidentId,
        position,
        at,
        kind,
        message: messageOf(kind, job),
        actor: null,
        run_id: job?.run_id ?? null,
        attempt: job?.attempt ?? null,
        job_id: job?.job_id ?? null,
      };
    });
  }

  async #saveTrack(knex: Knex.Transaction, job: ObservedJob) {
    await knex('job_tracks')
      .insert({
        id: job.trackId,
        project_id: job.projectId,
        pipeline_id: job.pipelineId,
        pipeline_name: job.pipelineName,
        job_name: job.name,
        branch: job.branch,
        last_seen_at: job.at,
      })
      .onConflict('id')
      .merge({
        pipeline_name: knex.raw('excluded.pipeline_name'),
        last_seen_at: knex.raw(
          'case when job_tracks.last_seen_at < excluded.last_seen_at then excluded.last_seen_at else job_tracks.last_seen_at end',
        ),
      });
  }
}

function readSighting(kind: Sighting['kind'], row: any): Sighting {
  return {
    kind,
    trackId: row.track_id,
    order: row.run_order,
    at: readNumber(row.at)!,
    jobId: row.job_id,
  };
}

function messageOf(
  kind: Transition['kind'],
  job: { name: string; branch: string | null } | undefined,
): string {
  const where = job
    ? `Job "${job.name}"${job.branch ? ` on ${job.branch}` : ''}`
    : 'A job';
  switch (kind) {
    case 'opened':
      return `${where} failed for the first time in this way`;
    case 'reopened':
      return `${where} failed in this way again`;
    case 'resolved':
      return `${where} passed; no job that this struck is failing any more`;
    default:
      return 'Closed, because it was not seen for 14 days';
  }
}
