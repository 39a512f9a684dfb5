import { RelatedIncident, RootCause } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readJson } from '../database';

const MOST_RELATED = 100;

/**
 * Reads for people what caused an incident, and which others have the same cause.
 */
export class RootCauseReader {
  readonly #knex: Knex;

  constructor(options: { database: CiMedicDatabase }) {
    this.#knex = options.database.knex;
  }

  async get(incidentId: string): Promise<RootCause | undefined> {
    const row = await this.#knex('root_causes')
      .where({ incident_id: incidentId })
      .first('body');
    return readJson<RootCause>(row?.body);
  }

  /** All incidents of one cause, the leader first; empty when it stands alone. */
  async related(incidentId: string): Promise<RelatedIncident[]> {
    const knex = this.#knex;
    const own = await knex('incident_members')
      .where({ incident_id: incidentId })
      .first('leader_id');
    const leaderId: string = own?.leader_id ?? incidentId;
    const members = await knex('incident_members')
      .where({ leader_id: leaderId })
      .orderBy('since')
      .limit(MOST_RELATED)
      .select('incident_id', 'reason');
    if (members.length === 0) {
      return [];
    }
    const reasons = new Map(
      members.map(row => [row.incident_id as string, row.reason as string]),
    );
    const ids = [leaderId, ...reasons.keys()];
    const incidents = await knex('incidents')
      .whereIn('id', ids)
      .select('id', 'state');
    const entities = await knex('incident_occurrences')
      .join(
        'run_entities',
        'run_entities.run_id',
        'incident_occurrences.run_id',
      )
      .whereIn('incident_id', ids)
      .distinct('incident_id', 'entity_ref');
    const related: RelatedIncident[] = [];
    for (const id of ids) {
      const incident = incidents.find(row => row.id === id);
      const latest = await knex('incident_occurrences')
        .where({ incident_id: id })
        .orderBy('at', 'desc')
        .first('title');
      if (incident) {
        related.push({
          incidentId: id,
          title: latest?.title ?? 'A job failed',
          state: incident.state,
          entityRefs: entities
            .filter(row => row.incident_id === id)
            .map(row => row.entity_ref as string)
            .sort(),
          reason: reasons.get(id),
          isLeader: id === leaderId,
        });
      }
    }
    return related;
  }
}
