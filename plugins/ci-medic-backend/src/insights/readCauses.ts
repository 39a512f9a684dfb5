import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readNumber, readText } from '../database';

/** What is known of an incident, as far as trends need it. */
export type KnownCause = {
  incidentId: string;
  state: 'open' | 'resolved';
  category: FailureCategory;
  subCategory?: string;
  projectId: string;
  fingerprint: string;
  lastSeenAt: number;
};

export type KnownCauses = Map<string, KnownCause>;

/** Reads the incidents of some entities that were seen since a moment, with what they are diagnosed as at present. */
export async function readCauses(options: {
  knex: Knex;
  entityRefs: string[];
  since: number;
}): Promise<KnownCauses> {
  const { knex, entityRefs, since } = options;
  const rows = await knex('incidents')
    .leftJoin('diagnoses', join =>
      join
        .on('diagnoses.incident_id', 'incidents.id')
        .andOn(
          'diagnoses.version',
          knex.raw(
            '(select max(newer.version) from diagnoses as newer where newer.incident_id = incidents.id)',
          ),
        ),
    )
    .whereIn('incidents.project_id', projectsOf(knex, entityRefs))
    .where('incidents.last_seen_at', '>=', since)
    .select(
      'incidents.id',
      'incidents.state',
      'incidents.project_id',
      'incidents.fingerprint',
      'incidents.last_seen_at',
      'diagnoses.category',
      'diagnoses.sub_category',
    );
  return new Map(
    rows.map(row => [
      row.id,
      {
        incidentId: row.id,
        state: row.state,
        category: row.category ?? 'unknown',
        subCategory: readText(row.sub_category),
        projectId: row.project_id,
        fingerprint: row.fingerprint,
        lastSeenAt: readNumber(row.last_seen_at)!,
      },
    ]),
  );
}

/** The repositories of some entities, to be asked for within another question. */
export function projectsOf(knex: Knex, entityRefs: string[]) {
  return knex('entity_projects')
    .whereIn('entity_ref', entityRefs)
    .whereNotNull('project_id')
    .select('project_id');
}
