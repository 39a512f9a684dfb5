import { Knex } from 'knex';
import { activeBackfillStates } from '../database';
import { ingestRun } from './kinds';
import { workPriority } from './types';

/**
 * Whether runs of a project's history are still to come: pages of it, or runs that its pages named.
 *
 * @param steps - kinds of work that follow from runs, where those have to be done as well
 */
export async function isReadingHistory(
  knex: Knex,
  projectId: string,
  steps: string[] = [],
): Promise<boolean> {
  const backfill = await knex('backfills')
    .where({ project_id: projectId })
    .whereIn('state', activeBackfillStates)
    .first('id');
  if (backfill) {
    return true;
  }
  const work = await knex('work')
    .whereIn('kind', [ingestRun.kind, ...steps])
    .where({ lane: projectId, priority: workPriority.background })
    .whereIn('state', ['queued', 'running'])
    .first('id');
  return work !== undefined;
}
