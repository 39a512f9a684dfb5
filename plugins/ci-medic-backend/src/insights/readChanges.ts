import { InsightChange, SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readJson, readNumber, readTime } from '../database';
import { projectsOf } from './readCauses';

const MOST_ROWS = 500;
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
  const changes: InsightChange[] = [];
  for (const members of events.values()) {
    const change = await describe(knex, members, entityRefs);
    if (change) {
      changes.push(change);
    }
  }
  return changes
    .sort(
      (left, right) => (right.runnerMinutes ?? 0) - (left.runnerMinutes ?? 0),
    )
    .slice(0, MOST_CHANGES);
}

/** `undefined` where it began in runs of other entities. */
async function describe(
  knex: Knex,
  members: any[],
  entityRefs: string[],
): Promise<InsightChange | undefined> {
  const told = members.find(({ quiet }) => quiet === null) ?? members[0];
  const concerned: string[] = await knex('run_entities')
    .whereIn(
      'run_id',
      members.flatMap(({ began_run }) => began_run ?? []),
    )
    .whereIn('entity_ref', entityRefs)
    .distinct('entity_ref')
    .orderBy('entity_ref')
    .pluck('entity_ref');
  if (concerned.length === 0) {
    return undefined;
  }
  const costly =
    members.find(({ metric }) => metric === 'minutes') ??
    members.find(({ metric }) => metric === 'duration');
  const runs = await runsSince(knex, told);
  const finding = readJson<{ finding: Finding }>(costly?.body)?.finding;
  const added = finding && finding.after.value - finding.before.value;
  return {
    id: told.id,
    entityRefs: concerned,
    subjectId: told.subject_id,
    metric: told.metric,
    sentence: told.sentence,
    beganAt: readTime(told.began_at)!,
    endedAt: readTime(told.ended_at),
    incidentId: told.incident_id ?? undefined,
    runs,
    ...(added !== undefined && {
      runnerMinutes:
        (costly.metric === 'minutes' ? added : added / 60) *
        (costly === told ? runs : await runsSince(knex, costly)),
    }),
  };
}

/** Runs that it lasted for so far. */
async function runsSince(
  knex: Knex,
  { subject_id, began_at, ended_at }: any,
): Promise<number> {
  const select = knex('series_points')
    .where({ subject_id })
    .where('at', '>=', readNumber(began_at)!);
  if (ended_at !== null) {
    select.where('at', '<', readNumber(ended_at)!);
  }
  const row = await select.count<{ count: unknown }[]>({ count: '*' }).first();
  return readNumber(row?.count) ?? 0;
}
