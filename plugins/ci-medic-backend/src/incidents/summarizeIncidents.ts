import { Incident } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';

type Summary = Pick<
  Incident,
  'title' | 'entityRefs' | 'pipelines' | 'jobs' | 'branches'
>;

const MOST_NAMES = 50;

/** What incidents struck, and the title of their latest occurrence, by incident id. */
export async function summarizeIncidents(
  knex: Knex,
  incidentIds: string[],
): Promise<Map<string, Summary>> {
  const tracks = await knex('incident_tracks')
    .join('job_tracks', 'job_tracks.id', 'incident_tracks.track_id')
    .whereIn('incident_id', incidentIds)
    .select('incident_id', 'pipeline_name', 'job_name', 'branch');
  const entities = await knex('incident_occurrences')
    .join('run_entities', 'run_entities.run_id', 'incident_occurrences.run_id')
    .whereIn('incident_id', incidentIds)
    .distinct('incident_id', 'entity_ref');
  const summaries = new Map<string, Summary>();
  for (const id of incidentIds) {
    const own = tracks.filter(row => row.incident_id === id);
    const latest = await knex('incident_occurrences')
      .where({ incident_id: id })
      .orderBy('at', 'desc')
      .first('title');
    summaries.set(id, {
      title: latest?.title ?? 'A job failed',
      entityRefs: names(
        entities
          .filter(row => row.incident_id === id)
          .map(row => row.entity_ref),
      ),
      pipelines: names(own.map(row => row.pipeline_name)),
      jobs: names(own.map(row => row.job_name)),
      branches: names(own.map(row => row.branch)),
    });
  }
  return summaries;
}

function names(values: (string | null)[]): string[] {
  const present = values.filter(value => value !== null) as string[];
  return [...new Set(present)].sort().slice(0, MOST_NAMES);
}
