import { Knex } from 'knex';
import { readNumber, stableId, trackIdOf, writeText } from '../database';
import { OpenAnomaly } from './OpenAnomaly';

/** Failures this near to the beginning of an anomaly are the same event. */
const NEAR_MS = 2 * 3_600_000;

/**
 * Incidents that anomalies belong to: those of failures at the same time, or incidents of their own where nothing failed.
 */
export class AnomalyIncidents {
  /** The incident of failures that an anomaly goes with; `undefined` when nothing failed. */
  async ofFailures(
    knex: Knex,
    anomaly: OpenAnomaly,
  ): Promise<string | undefined> {
    const { subject, beganAt, at, body } = anomaly;
    if (subject.entityRef) {
      return this.#ofEntity(knex, subject.entityRef, beganAt);
    }
    const isOfFailures = body.finding.kind === 'rate';
    // A rate changed over many runs; what else moved did so in one.
    const until = isOfFailures ? at : beganAt + NEAR_MS;
    const select = knex('incident_occurrences')
      .join('incidents', 'incidents.id', 'incident_occurrences.incident_id')
      .join('jobs', 'jobs.job_id', 'incident_occurrences.job_id')
      .where({
        'incidents.kind': 'failure',
        'incident_occurrences.project_id': subject.projectId,
        'jobs.pipeline_id': subject.pipelineId,
      })
      .where(
        'incident_occurrences.at',
        '>=',
        beganAt - (isOfFailures ? 0 : NEAR_MS),
      )
      .where('incident_occurrences.at', '<=', until + NEAR_MS)
      .groupBy('incidents.id')
      .select('incidents.id')
      .count({ count: '*' })
      .orderBy('count', 'desc');
    if (subject.jobName !== undefined) {
      select.where('jobs.name', subject.jobName);
    }
    const row = (await select.first()) as { id: string } | undefined;
    return row?.id;
  }

  /** A figure from outside goes with the incident that its entity has most of at that time, whatever that is about. */
  async #ofEntity(knex: Knex, entityRef: string, beganAt: number) {
    const row = (await knex('incident_occurrences')
      .join(
        'run_entities',
        'run_entities.run_id',
        'incident_occurrences.run_id',
      )
      .where({ 'run_entities.entity_ref': entityRef })
      .where('incident_occurrences.at', '>=', beganAt - NEAR_MS)
      .where('incident_occurrences.at', '<=', beganAt + NEAR_MS)
      .groupBy('incident_occurrences.incident_id')
      .select({ id: 'incident_occurrences.incident_id' })
      .count({ count: '*' })
      .orderBy('count', 'desc')
      .orderBy('id')
      .first()) as { id: string } | undefined;
    return row?.id;
  }

  /**
   * Opens an incident for an anomaly, or opens the one of the same series again. Returns its id; `undefined` where no
   * passing job can stand for it.
   */
  async open(
    knex: Knex.Transaction,
    anomaly: OpenAnomaly,
  ): Promise<string | undefined> {
    const { subject, metric, beganAt, at } = anomaly;
    const job = await this.#jobOf(knex, anomaly);
    if (!job) {
      return undefined;
    }
    const id = stableId(subject.id, 'incident', metric);
    const before = await knex('incidents').where({ id }).first();
    const trackId = await this.#saveTrack(knex, anomaly, job);
    const title = writeText(shortOf(anomaly.sentence), 500);
    await knex('incident_occurrences').insert({
      job_id: job.job_id,
      incident_id: id,
      project_id: subject.projectId,
      run_id: job.run_id,
      attempt: job.attempt,
      track_id: trackId,
      run_order: String(beganAt).padStart(15, '0'),
      at: beganAt,
      title,
      title_search: title.toLocaleLowerCase('en-US'),
    });
    await knex('incident_tracks')
      .insert({ incident_id: id, track_id: trackId })
      .onConflict(['incident_id', 'track_id'])
      .ignore();
    const reopened = readNumber(before?.reopened) ?? 0;
    const isReopened = before?.state === 'resolved';
    const row = {
      state: 'open',
      version: (before?.version ?? 0) + 1,
      occurrences: (before?.occurrences ?? 0) + 1,
      last_seen_at: Math.max(at, readNumber(before?.last_seen_at) ?? 0),
      resolved_at: null,
      reopened: isReopened ? reopened + 1 : reopened,
    };
    await knex('incidents')
      .insert({
        id,
        project_id: subject.projectId,
        fingerprint: `anomaly:${subject.id}:${metric}`,
        kind: 'anomaly',
        first_seen_at: beganAt,
        ...row,
      })
      .onConflict('id')
      .merge(row);
    await this.#tell(knex, id, {
      at,
      kind: turnOf(before?.state),
      message: anomaly.sentence,
      job,
    });
    return id;
  }

  /** Resolves an incident of which every anomaly is over. Returns whether it was open. */
  async resolve(
    knex: Knex.Transaction,
    id: string,
    { at, message, kind }: { at: number; message: string; kind: string },
  ): Promise<boolean> {
    const resolved = await knex('incidents')
      .where({ id, state: 'open', kind: 'anomaly' })
      .update({
        state: 'resolved',
        version: knex.raw('version + 1'),
        resolved_at: at,
      });
    if (resolved > 0) {
      await this.#tell(knex, id, { at, kind, message });
    }
    return resolved > 0;
  }

  /** A passing job of the run with which it began, or of one soon after, that stands for nothing else. */
  async #jobOf(knex: Knex, { subject, beganAt }: OpenAnomaly) {
    const select = knex('series_points')
      .join('jobs', 'jobs.run_id', 'series_points.run_id')
      .where('series_points.subject_id', subject.id)
      .where('series_points.at', '>=', beganAt)
      .where('jobs.conclusion', 'success')
      .whereNotExists(
        knex('incident_occurrences')
          .whereRaw('incident_occurrences.job_id = jobs.job_id')
          .select('job_id'),
      )
      .orderBy([
        { column: 'series_points.at' },
        { column: 'jobs.duration_ms', order: 'desc' },
      ]);
    if (subject.jobName !== undefined) {
      select.where('jobs.name', subject.jobName);
    }
    return select.first('jobs.*');
  }

  async #saveTrack(knex: Knex.Transaction, { subject }: OpenAnomaly, job: any) {
    const track = {
      projectId: subject.projectId,
      pipelineId: subject.pipelineId,
      name: job.name,
      branch: job.branch,
    };
    const id = trackIdOf(track);
    await knex('job_tracks')
      .insert({
        id,
        project_id: track.projectId,
        pipeline_id: track.pipelineId,
        pipeline_name: subject.pipelineName ?? '',
        job_name: track.name,
        branch: track.branch,
        last_seen_at: readNumber(job.completed_at) ?? 0,
      })
      .onConflict('id')
      .ignore();
    return id;
  }

  async #tell(
    knex: Knex.Transaction,
    incidentId: string,
    event: { at: number; kind: string; message: string; job?: any },
  ) {
    const { at, kind, message, job } = event;
    const last = await knex('incident_timeline')
      .where({ incident_id: incidentId })
      .max<{ position: unknown }[]>({ position: 'position' })
      .first();
    const position = (readNumber(last?.position) ?? -1) + 1;
    await knex('incident_timeline').insert({
      id: stableId(incidentId, position, kind, at),
      incident_id: incidentId,
      ...{ position, at, kind, message },
      actor: null,
      run_id: job?.run_id ?? null,
      attempt: job?.attempt ?? null,
      job_id: job?.job_id ?? null,
    });
  }
}

function turnOf(state: string | undefined): string {
  if (state === undefined) {
    return 'opened';
  }
  return state === 'resolved' ? 'reopened' : 'occurred';
}

/** What moved from what to what; the timeline has the rest of the sentence. */
function shortOf(sentence: string): string {
  const [short] = sentence.split(/, t=|, 95 % | starting at |; /, 1);
  const isOpen = short.lastIndexOf('(') > short.lastIndexOf(')');
  return isOpen ? `${short})` : short;
}
