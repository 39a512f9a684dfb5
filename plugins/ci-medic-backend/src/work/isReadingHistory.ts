import { Knex } from 'knex';
import { ingestRun } from './kinds';
import { workPriority } from './types';

/** Whether runs of a project's history are still to come: pages of it, or runs that its pages named. */
export async function isReadingHistory(
  knex: Knex,
  projectId: string,
): Promise<boolean> {
  const backfill = await knex('backfills')
    .where({ project_id: projectId })
    .whereIn('state', ['queued', 'running'])
    .first('id');
  if (backfill) {
    return true;
  }
  const run = await knex('work')
    .where({
      kind: ingestRun.kind,
      lane: projectId,
      priority: workPriority.background,
    })
    .whereIn('state', ['queued', 'running'])
    .first('id');
  return run !== undefined;
}
