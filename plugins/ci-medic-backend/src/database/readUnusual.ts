import { Knex } from 'knex';
import { readNumber } from './columns';

/** A failed or slow job, as far as it says which figures go with it. */
export type UnusualAt = {
  incidentId: string;
  projectId: string;
  pipelineId: string;
  jobName: string;
  runId: string;
  /** Epoch milliseconds. */
  at: number;
};

/** A figure that was unusual when something broke. */
export type Unusual = {
  metric: string;
  of: 'runs' | 'test' | 'log' | 'outside';
  /** Other repositories of which figures moved in the same event. */
  repositories: number;
  sentence: string;
};

const HOUR_MS = 3_600_000;
/** What moved so long before may be why it fails now, as long as it has not gone back. */
const BEFORE_MS = 24 * HOUR_MS;
const NEAR_MS = 2 * HOUR_MS;
const MOST = 20;

/**
 * Reads what was unusual when a job failed or became slow: confirmed changes of its pipeline, and single points and changes
 * of figures that its entities have from outside. Those of the incident itself come first.
 *
 * @remarks
 *
 * Sentences of figures from outside name no entity. Where a run is of several entities, whose figure it is stays untold,
 * because who reads of one of them may not see the others.
 */
export async function readUnusual(
  knex: Knex,
  subject: UnusualAt,
): Promise<Unusual[]> {
  const { incidentId, projectId, pipelineId, jobName, runId, at } = subject;
  const entityRefs: string[] = await knex('run_entities')
    .where({ run_id: runId })
    .pluck('entity_ref');
  const isWithin = (of: Knex.QueryBuilder) =>
    of
      .where('anomalies.began_at', '>=', at - BEFORE_MS)
      .where('anomalies.began_at', '<=', at + NEAR_MS)
      .where(end =>
        end
          .whereNull('anomalies.ended_at')
          .orWhere('anomalies.ended_at', '>=', at - NEAR_MS),
      );
  const rows = await knex('anomalies')
    .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
    .where('anomalies.stage', '<>', 'note')
    // What became better is no sign of trouble; of figures from outside nobody knows which way that is.
    .where(worse =>
      worse
        .where('anomalies.direction', 'up')
        .orWhere('series_subjects.kind', 'source'),
    )
    .where(of =>
      of
        .where({ 'anomalies.incident_id': incidentId })
        .orWhere(own =>
          isWithin(own)
            .where({
              'series_subjects.project_id': projectId,
              'series_subjects.pipeline_id': pipelineId,
            })
            .whereNot('anomalies.kind', 'spike')
            .where(job =>
              job
                .whereNull('series_subjects.job_name')
                .orWhere('series_subjects.job_name', jobName),
            ),
        )
        .orWhere(outside =>
          isWithin(outside).whereIn('series_subjects.entity_ref', entityRefs),
        ),
    )
    // Levels that moved say more than single points.
    .orderByRaw("case when anomalies.kind = 'spike' then 1 else 0 end")
    .orderBy([{ column: 'anomalies.began_at' }, { column: 'anomalies.id' }])
    .limit(MOST)
    .select(
      'anomalies.incident_id',
      'anomalies.metric',
      'anomalies.sentence',
      'anomalies.group_id',
      'series_subjects.kind',
    );
  const others = await countOthers(knex, projectId, rows);
  const found = rows.map(row => {
    const isOutside = row.kind === 'source';
    const isUntold = isOutside && entityRefs.length > 1;
    return {
      isOwn: row.incident_id === incidentId,
      metric: row.metric,
      of: ofKind(row.kind),
      repositories: others.get(row.group_id) ?? 0,
      sentence: isUntold
        ? 'A figure from outside was unusual at that time.'
        : row.sentence,
    };
  });
  return [
    ...found.filter(({ isOwn }) => isOwn),
    ...found.filter(({ isOwn }) => !isOwn),
  ].map(({ isOwn: _, ...one }) => one);
}

function ofKind(kind: string): Unusual['of'] {
  if (kind === 'source') {
    return 'outside';
  }
  if (kind === 'test') {
    return 'test';
  }
  return kind === 'template' ? 'log' : 'runs';
}

/** Of how many other projects each group has figures. */
async function countOthers(
  knex: Knex,
  projectId: string,
  rows: { group_id: string | null }[],
): Promise<Map<string | null, number>> {
  const groups = [...new Set(rows.flatMap(row => row.group_id ?? []))];
  const counts: any[] = await knex('anomalies')
    .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
    .whereIn('anomalies.group_id', groups)
    .whereNot('anomalies.project_id', projectId)
    .whereNot('series_subjects.kind', 'source')
    .groupBy('anomalies.group_id')
    .select('anomalies.group_id')
    .countDistinct({ count: 'anomalies.project_id' });
  return new Map(counts.map(row => [row.group_id, readNumber(row.count)!]));
}
