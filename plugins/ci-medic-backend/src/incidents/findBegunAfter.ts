import { Knex } from 'knex';
import { ObservedJob } from './ObservedJob';

/**
 * Incidents that began after a passing job, with no better pass in between: one of their own branch is better than
 * one of the main branch. History is read backwards, so that a pass may be known long after them.
 *
 * @param origins - branches that others begin from
 */
export async function findBegunAfter(
  knex: Knex.Transaction,
  { projectId, pipelineId, name, branch, at }: ObservedJob,
  origins: string[],
): Promise<string[]> {
  const openings: { id: string; of: string | null; opened: unknown }[] =
    await knex('job_tracks')
      .join('incident_tracks', 'incident_tracks.track_id', 'job_tracks.id')
      .join(
        'incident_timeline',
        'incident_timeline.incident_id',
        'incident_tracks.incident_id',
      )
      .where({ project_id: projectId, pipeline_id: pipelineId })
      .where({ job_name: name })
      .where('last_seen_at', '>', at)
      .whereIn('kind', ['opened', 'reopened'])
      .groupBy('incident_tracks.incident_id', 'branch')
      .having(knex.raw('max(incident_timeline.at)'), '>', at)
      .select({ id: 'incident_tracks.incident_id', of: 'branch' })
      .max({ opened: 'incident_timeline.at' });
  const begun = new Set<string>();
  for (const { id, of, opened } of openings) {
    const isOwn = of === branch;
    if (!isOwn && !origins.includes(branch ?? '')) {
      continue;
    }
    const better = await knex('jobs')
      .where({ project_id: projectId, pipeline_id: pipelineId, name })
      .where({ conclusion: 'success' })
      .where('completed_at', '<', Number(opened))
      .where(either =>
        either
          .where(own =>
            own
              .where({ branch: of })
              .where('completed_at', '>', isOwn ? at : 0),
          )
          .orWhere(main =>
            main
              .whereIn('branch', isOwn ? [] : origins)
              .where('completed_at', '>', at),
          ),
      )
      .first('job_id');
    if (!better) {
      begun.add(id);
    }
  }
  return [...begun];
}
