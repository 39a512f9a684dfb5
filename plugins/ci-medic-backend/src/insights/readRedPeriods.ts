import { RedPeriod } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readNumber, readText, readTime } from '../database';
import { projectsOf } from './readCauses';

/** A period without what its incident is diagnosed as. */
export type UndiagnosedPeriod = Omit<RedPeriod, 'category'>;

/**
 * Reads the times in which something was red since a moment, newest first. What ended one is told by what CI Medic did to
 * the run that passed.
 */
export async function readRedPeriods(options: {
  knex: Knex;
  entityRefs: string[];
  since: number;
  now: number;
}): Promise<UndiagnosedPeriod[]> {
  const { knex, entityRefs, since, now } = options;
  const rows = await knex('insight_red_periods as period')
    .join('run_entities', 'run_entities.run_id', 'period.first_run_id')
    .leftJoin('incident_occurrences', join =>
      join.on('incident_occurrences.job_id', 'period.job_id'),
    )
    .whereIn('run_entities.entity_ref', entityRefs)
    .where('period.started_at', '>=', since)
    .orderBy('period.started_at', 'desc')
    .orderBy('period.id')
    .select('period.*', 'run_entities.entity_ref', 'incident_id');
  const treated = await treatedRuns(knex, entityRefs);
  const periods = new Map<string, UndiagnosedPeriod>();
  for (const row of rows) {
    const known = periods.get(row.id);
    if (known) {
      known.entityRefs.push(row.entity_ref);
      continue;
    }
    const startedAt = readNumber(row.started_at)!;
    const endedAt = readNumber(row.ended_at);
    const isSameRun = row.last_run_id === row.first_run_id;
    periods.set(row.id, {
      id: row.id,
      kind: row.kind,
      entityRefs: [row.entity_ref],
      pipeline: row.pipeline,
      branch: readText(row.branch),
      startedAt: readTime(startedAt)!,
      endedAt: readTime(endedAt),
      durationMs: (endedAt ?? now) - startedAt,
      firstRunId: row.first_run_id,
      lastRunId: readText(row.last_run_id),
      incidentId: readText(row.incident_id),
      ...(endedAt !== undefined && {
        endedBy:
          (isSameRun ? treated.get(row.last_run_id) : undefined) ?? 'change',
      }),
    });
  }
  return [...periods.values()];
}

/** Who asked for what was done to runs of some entities, where it succeeded. */
async function treatedRuns(knex: Knex, entityRefs: string[]) {
  const treated = new Map<string, 'automatic' | 'person'>();
  const rows = await knex('remediations')
    .where({ state: 'succeeded' })
    .whereIn('project_id', projectsOf(knex, entityRefs))
    .select('run_id', 'requested_by');
  for (const row of rows) {
    const isPerson = /^user:/i.test(row.requested_by);
    treated.set(row.run_id, isPerson ? 'person' : 'automatic');
  }
  return treated;
}
