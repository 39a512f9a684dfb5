import { InsightChange, SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readJson, readNumber, readTime } from '../database';
import { projectsOf } from './readCauses';

const MOST_ROWS = 300;
const MOST_CHANGES = 20;
/** What becomes worse when it rises. */
const worse: SeriesMetric[] = [
  'minutes',
  'duration',
  'queue',
  'failure',
  'flip',
  'timeout',
];

type Finding = { before: { value: number }; after: { value: number } };

/**
 * Confirmed changes for the worse on main branches that lasted into a window, one for each event; those that cost most
 * runner minutes first.
 */
export async function readChanges(options: {
  knex: Knex;
  entityRefs: string[];
  /** Epoch milliseconds. */
  start: number;
}): Promise<InsightChange[]> {
  const { knex, entityRefs, start } = options;
  const rows: any[] = await knex('anomalies')
    .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
    .whereIn('anomalies.project_id', projectsOf(knex, entityRefs))
    .whereIn('anomalies.stage', ['alert', 'went_away'])
    .whereIn('anomalies.metric', worse)
    .where({ 'anomalies.direction': 'up' })
    .whereNot('anomalies.kind', 'spike')
    .whereIn('series_subjects.kind', ['pipeline', 'job'])
    .where({ 'series_subjects.branch_class': 'main' })
    .where(end =>
      end
        .whereNull('anomalies.ended_at')
        .orWhere('anomalies.ended_at', '>=', start),
    )
    .orderBy([{ column: 'anomalies.began_at', order: 'desc' }, 'anomalies.id'])
    .limit(MOST_ROWS)
    .select('anomalies.*');
  const events = new Map<string, any[]>();
  for (const row of rows) {
    const event = row.group_id ?? row.incident_id ?? row.id;
    const key = `${row.project_id} ${event}`;
    events.set(key, [...(events.get(key) ?? []), row]);
  }
  const ids = rows.map(({ id }) => id);
  const runs = await countRuns(knex, ids);
  const entities = await readEntities(knex, ids, entityRefs);
  return [...events.values()]
    .flatMap(members => describe(members, runs, entities) ?? [])
    .sort(
      (left, right) => (right.runnerMinutes ?? 0) - (left.runnerMinutes ?? 0),
    )
    .slice(0, MOST_CHANGES);
}

/** `undefined` where it began in runs of other entities. */
function describe(
  members: any[],
  runs: Map<string, number>,
  entities: Map<string, string[]>,
): InsightChange | undefined {
  const told = members.find(({ quiet }) => quiet === null) ?? members[0];
  const concerned = members.flatMap(({ id }) => entities.get(id) ?? []);
  if (concerned.length === 0) {
    return undefined;
  }
  const costly =
    members.find(({ metric }) => metric === 'minutes') ??
    members.find(({ metric }) => metric === 'duration');
  const finding = readJson<{ finding: Finding }>(costly?.body)?.finding;
  const added = finding && finding.after.value - finding.before.value;
  return {
    id: told.id,
    entityRefs: [...new Set(concerned)].sort(),
    subjectId: told.subject_id,
    metric: told.metric,
    sentence: told.sentence,
    beganAt: readTime(told.began_at)!,
    endedAt: readTime(told.ended_at),
    incidentId: told.incident_id ?? undefined,
    runs: runs.get(told.id) ?? 0,
    ...(added !== undefined && {
      runnerMinutes:
        (costly.metric === 'minutes' ? added : added / 60) *
        (runs.get(costly.id) ?? 0),
    }),
  };
}

/** Runs that each lasted for so far. */
async function countRuns(
  knex: Knex,
  anomalyIds: string[],
): Promise<Map<string, number>> {
  const rows: any[] = await knex('anomalies')
    .join('series_points', 'series_points.subject_id', 'anomalies.subject_id')
    .whereIn('anomalies.id', anomalyIds)
    .whereRaw('series_points.at >= anomalies.began_at')
    .whereRaw(
      '(anomalies.ended_at is null or series_points.at < anomalies.ended_at)',
    )
    .groupBy('anomalies.id')
    .select('anomalies.id')
    .count({ count: '*' });
  return new Map(rows.map(row => [row.id, readNumber(row.count)!]));
}

/** Entities of the runs that each began with, as far as they are asked for. */
async function readEntities(
  knex: Knex,
  anomalyIds: string[],
  entityRefs: string[],
): Promise<Map<string, string[]>> {
  const rows: any[] = await knex('anomalies')
    .join('run_entities', 'run_entities.run_id', 'anomalies.began_run')
    .whereIn('anomalies.id', anomalyIds)
    .whereIn('run_entities.entity_ref', entityRefs)
    .select('anomalies.id', 'run_entities.entity_ref');
  const entities = new Map<string, string[]>();
  for (const { id, entity_ref } of rows) {
    entities.set(id, [...(entities.get(id) ?? []), entity_ref]);
  }
  return entities;
}
