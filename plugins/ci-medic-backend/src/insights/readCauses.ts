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

const BATCH = 1_000;

/** Reads incidents with what they are diagnosed as at present. */
export async function readCauses(
  knex: Knex,
  incidentIds: string[],
): Promise<KnownCauses> {
  const wanted = [...new Set(incidentIds)].filter(Boolean);
  const known: KnownCauses = new Map();
  for (let start = 0; start < wanted.length; start += BATCH) {
    const ids = wanted.slice(start, start + BATCH);
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
      .whereIn('incidents.id', ids)
      .select(
        'incidents.id',
        'incidents.state',
        'incidents.project_id',
        'incidents.fingerprint',
        'incidents.last_seen_at',
        'diagnoses.category',
        'diagnoses.sub_category',
      );
    for (const row of rows) {
      known.set(row.id, {
        incidentId: row.id,
        state: row.state,
        category: row.category ?? 'unknown',
        subCategory: readText(row.sub_category),
        projectId: row.project_id,
        fingerprint: row.fingerprint,
        lastSeenAt: readNumber(row.last_seen_at)!,
      });
    }
  }
  return known;
}
