import { Diagnosis, RootCause } from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readJson, readNumber, readText } from '../database';
import { AlertedIncident, Sighting } from './AlertedIncident';

/**
 * Reads what other steps left behind about an incident.
 */
export class AlertFacts {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** What is told of an incident; `undefined` when it is not kept any more. */
  async of(id: string): Promise<AlertedIncident | undefined> {
    const { knex } = this.#database;
    const row = await knex('incidents')
      .join('projects', 'projects.id', 'incidents.project_id')
      .where('incidents.id', id)
      .first('incidents.*', 'projects.host');
    const turn = await knex('incident_timeline')
      .where({ incident_id: id })
      .orderBy('position', 'desc')
      .first();
    const first = await this.#sighting(id, 'asc');
    const latest = await this.#sighting(id, 'desc');
    if (!row || !turn || !first || !latest) {
      return undefined;
    }
    const entityRefs = await this.#entitiesOf([id]);
    const branches: (string | null)[] = await knex('incident_tracks')
      .join('job_tracks', 'job_tracks.id', 'incident_tracks.track_id')
      .where('incident_id', id)
      .distinct()
      .pluck('branch');
    const facts = {
      id,
      kind: row.kind,
      state: row.state,
      host: row.host,
      lastSeenAt: readNumber(row.last_seen_at)!,
      turn: turn.position,
      turnMessage: turn.message,
      entityRefs,
      branches: branches.filter(branch => branch !== null),
      first,
      latest,
      ...(await this.#saidOf(id)),
      ...(await this.#causeOf(id, entityRefs)),
    };
    return { ...facts, ...turningPointOf(facts, turn) };
  }

  /** Failed runs of an incident in some entities after a time, oldest first. */
  async failuresSince(
    id: string,
    options: { entityRefs: string[]; after: number; most: number },
  ): Promise<Sighting[]> {
    const rows = await this.#sightings(id)
      .where('incident_occurrences.at', '>', options.after)
      .whereExists(query =>
        query
          .from('run_entities')
          .whereRaw('run_entities.run_id = incident_occurrences.run_id')
          .whereIn('run_entities.entity_ref', options.entityRefs)
          .select(this.#database.knex.raw('1')),
      )
      .orderBy('incident_occurrences.at', 'desc')
      .limit(options.most);
    return rows.map(readSighting).reverse();
  }

  /** The latest failed run of an incident in some entities. */
  async latestFailure(
    id: string,
    entityRefs: string[],
  ): Promise<Sighting | undefined> {
    const options = { entityRefs, after: 0, most: 1 };
    return (await this.failuresSince(id, options))[0];
  }

  async #saidOf(id: string) {
    const { knex } = this.#database;
    const diagnosis = await knex('diagnoses')
      .where({ incident_id: id })
      .orderBy('version', 'desc')
      .first('body');
    const rootCause = await knex('root_causes')
      .where({ incident_id: id })
      .first('body');
    const remediation = await knex('remediations')
      .where({ incident_id: id })
      .orderBy('updated_at', 'desc')
      .first();
    const feedback = await knex('feedback')
      .where({ incident_id: id, undone_at: null })
      .orderBy('at', 'desc')
      .first('verdict', 'actor');
    return {
      diagnosis: readJson<Diagnosis>(diagnosis?.body),
      rootCause: readJson<RootCause>(rootCause?.body),
      remediation: remediation && {
        id: remediation.id,
        action: remediation.action,
        runId: remediation.run_id,
        attempt: remediation.attempt,
        state: remediation.state,
        reason: remediation.reason,
        requestedBy: remediation.requested_by,
        updatedAt: readNumber(remediation.updated_at)!,
      },
      feedback,
    };
  }

  /** The incident that leads, and what the members strike. */
  async #causeOf(id: string, entityRefs: string[]) {
    const { knex } = this.#database;
    const row = await knex('incident_members')
      .where({ incident_id: id })
      .whereNot({ leader_id: id })
      .first();
    const members: string[] = await knex('incident_members')
      .where({ leader_id: id })
      .whereNot({ incident_id: id })
      .pluck('incident_id');
    const struck = await this.#entitiesOf(members);
    return {
      leader: row && {
        id: row.leader_id as string,
        reason: row.reason as string,
        entityRefs: await this.#entitiesOf([row.leader_id]),
      },
      alsoStruck: struck.filter(ref => !entityRefs.includes(ref)),
    };
  }

  async #entitiesOf(incidentIds: string[]): Promise<string[]> {
    return this.#database
      .knex('incident_occurrences')
      .join(
        'run_entities',
        'run_entities.run_id',
        'incident_occurrences.run_id',
      )
      .whereIn('incident_id', incidentIds)
      .distinct()
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  async #sighting(
    id: string,
    direction: 'asc' | 'desc',
  ): Promise<Sighting | undefined> {
    const row = await this.#sightings(id)
      .orderBy('incident_occurrences.at', direction)
      .first();
    return row && readSighting(row);
  }

  #sightings(incidentId: string) {
    return this.#database
      .knex('incident_occurrences')
      .join('jobs', 'jobs.job_id', 'incident_occurrences.job_id')
      .join('runs', join =>
        join
          .on('runs.run_id', 'incident_occurrences.run_id')
          .andOn('runs.attempt', 'incident_occurrences.attempt'),
      )
      .where('incident_occurrences.incident_id', incidentId)
      .select(
        'incident_occurrences.job_id',
        'incident_occurrences.run_id',
        'incident_occurrences.attempt',
        'incident_occurrences.title',
        'incident_occurrences.at',
        'jobs.name',
        'jobs.url',
        'runs.pipeline_name',
        'runs.branch',
        'runs.number',
      );
  }
}

function readSighting(row: any): Sighting {
  return {
    jobId: row.job_id,
    runId: row.run_id,
    attempt: row.attempt,
    title: row.title,
    job: row.name,
    pipeline: row.pipeline_name,
    branch: readText(row.branch),
    run: readNumber(row.number),
    url: readText(row.url),
    at: readNumber(row.at)!,
  };
}

/** What turned last: its state, what was done about it, or what was found out. */
function turningPointOf(
  facts: Pick<AlertedIncident, 'state' | 'diagnosis' | 'remediation'>,
  turn: { kind: AlertMessage['turningPoint']; at: unknown },
): Pick<AlertedIncident, 'turningPoint' | 'turnedAt'> {
  const turnedAt = readNumber(turn.at)!;
  const { state, diagnosis, remediation } = facts;
  if (state === 'open' && remediation && remediation.updatedAt > turnedAt) {
    return { turningPoint: 'acted', turnedAt };
  }
  if (turn.kind === 'opened' && diagnosis) {
    return { turningPoint: 'diagnosed', turnedAt };
  }
  return { turningPoint: turn.kind, turnedAt };
}
