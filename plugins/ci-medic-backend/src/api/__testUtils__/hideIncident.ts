import { Knex } from 'knex';

/** Adds an incident of a run that the reader does not see, like one that is seen. */
export async function hideIncident(
  knex: Knex,
  options: { from: string; as: string; runId: string },
): Promise<void> {
  const { from, as: id, runId } = options;
  const incident = await knex('incidents').where({ id: from }).first();
  const occurrence = await knex('incident_occurrences')
    .where({ incident_id: from })
    .first();
  await knex('incidents').insert({ ...incident, id, fingerprint: id });
  await knex('incident_occurrences').insert({
    ...occurrence,
    ...{ job_id: `job-of-${id}`, incident_id: id, run_id: runId },
    ...{ title: 'A hidden title', title_search: 'a hidden title' },
  });
}
