import { findSubCategory } from '@ci-medic/diagnosis';
import { RootCause } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readJson, readNumber, readText } from '../database';
import { PlaybookBody } from './PlaybookBody';

const DAY_MS = 86_400_000;
const MOST_EVIDENCE = 20;
const MOST_CAUSES = 5;
const MOST_FIXES = 5;
const MOST_INCIDENTS = 10;
/** A suspect below is not what caused it. */
const LEAST_PROBABILITY = 0.5;

type Sighting = {
  incidentId: string;
  entityRef: string;
  owner?: string;
  jobId: string;
  title: string;
  at: number;
};

/**
 * Everything that is on record of a failure with a fingerprint, over all repositories. `undefined` when nothing is.
 */
export async function gatherRecords(options: {
  knex: Knex;
  fingerprint: string;
  days: number;
  now: number;
  evidenceOf(jobId: string): Promise<string[]>;
}): Promise<PlaybookBody | undefined> {
  const { knex, fingerprint, days, now } = options;
  const since = now - days * DAY_MS;
  const incidents: any[] = await knex('incidents')
    .where({ fingerprint })
    .where('last_seen_at', '>=', since)
    .orderBy('last_seen_at', 'desc')
    .limit(1_000);
  const ids = incidents.map(({ id }) => id);
  const sightings = await readSightings(knex, ids, since);
  if (sightings.length === 0) {
    return undefined;
  }
  const entitiesOf = groupEntities(sightings);
  const latest = sightings[0];
  const diagnosis = await readDiagnosis(knex, ids);
  const known = diagnosis.subCategory
    ? findSubCategory(diagnosis.subCategory)
    : undefined;
  const jobs = new Set(sightings.map(({ jobId }) => jobId));
  return {
    title: latest.title,
    ...diagnosis,
    kind: known?.title,
    description: known?.description,
    steps: [...(known?.advice ?? [])],
    evidence: (await options.evidenceOf(latest.jobId)).slice(0, MOST_EVIDENCE),
    causes: await readCauses(knex, ids, entitiesOf),
    unusual: await readUnusualFigures(knex, ids, entitiesOf),
    remedies: await readRemedies(knex, ids),
    fixes: await readFixes(knex, ids, entitiesOf),
    struck: countStruck(sightings),
    incidents: incidents
      .slice(0, MOST_INCIDENTS)
      .filter(({ id }) => entitiesOf.has(id))
      .map(row => ({
        id: row.id,
        entityRefs: entitiesOf.get(row.id)!,
        title: sightings.find(({ incidentId }) => incidentId === row.id)!.title,
        state: row.state,
        at: readNumber(row.last_seen_at)!,
      })),
    occurrences: jobs.size,
    // One that came back is one more.
    incidentCount: incidents.reduce(
      (sum, { reopened }) => sum + 1 + reopened,
      0,
    ),
    days,
    firstAt: Math.min(...incidents.map(row => readNumber(row.first_seen_at)!)),
    lastAt: latest.at,
  };
}

/** Failed jobs by the entities that they concern, newest first. */
async function readSightings(
  knex: Knex,
  incidentIds: string[],
  since: number,
): Promise<Sighting[]> {
  const rows = await knex('incident_occurrences as seen')
    .join('run_entities', 'run_entities.run_id', 'seen.run_id')
    .leftJoin(
      'entity_projects',
      'entity_projects.entity_ref',
      'run_entities.entity_ref',
    )
    .whereIn('seen.incident_id', incidentIds)
    .where('seen.at', '>=', since)
    .orderBy('seen.at', 'desc')
    .orderBy('seen.job_id')
    .limit(10_000)
    .select(
      'seen.incident_id',
      'seen.job_id',
      'seen.title',
      'seen.at',
      'run_entities.entity_ref',
      'entity_projects.owner_ref',
    );
  return rows.map((row: any) => ({
    incidentId: row.incident_id,
    entityRef: row.entity_ref,
    owner: readText(row.owner_ref),
    jobId: row.job_id,
    title: row.title,
    at: readNumber(row.at)!,
  }));
}

function groupEntities(sightings: Sighting[]): Map<string, string[]> {
  const entities = new Map<string, string[]>();
  for (const { incidentId, entityRef } of sightings) {
    const refs = entities.get(incidentId) ?? [];
    entities.set(incidentId, refs);
    if (!refs.includes(entityRef)) {
      refs.push(entityRef);
    }
  }
  return entities;
}

function countStruck(sightings: Sighting[]): PlaybookBody['struck'] {
  const struck = new Map<string, PlaybookBody['struck'][number]>();
  const counted = new Set<string>();
  for (const { entityRef, owner, jobId, at } of sightings) {
    const key = `${entityRef}|${jobId}`;
    if (counted.has(key)) {
      continue;
    }
    counted.add(key);
    const known = struck.get(entityRef);
    struck.set(entityRef, {
      ...{ entityRef, owner },
      occurrences: (known?.occurrences ?? 0) + 1,
      lastAt: Math.max(known?.lastAt ?? 0, at),
    });
  }
  return [...struck.values()].sort(
    (left, right) => right.occurrences - left.occurrences,
  );
}

async function readDiagnosis(knex: Knex, incidentIds: string[]) {
  const row = await knex('diagnoses')
    .whereIn('incident_id', incidentIds)
    .whereNot('category', 'unknown')
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .first('category', 'sub_category');
  return {
    category: (row?.category ?? 'unknown') as PlaybookBody['category'],
    subCategory: readText(row?.sub_category),
  };
}

async function readCauses(
  knex: Knex,
  incidentIds: string[],
  entitiesOf: Map<string, string[]>,
): Promise<PlaybookBody['causes']> {
  const rows = await knex('root_causes')
    .whereIn('incident_id', incidentIds)
    .select('incident_id', 'body');
  const causes = new Map<string, PlaybookBody['causes'][number]>();
  for (const row of rows) {
    const { suspects = [] } = readJson<RootCause>(row.body) ?? {};
    const [first] = suspects;
    if (first && first.probability >= LEAST_PROBABILITY) {
      // The same package in another version is the same cause.
      const title = first.package
        ? `${first.package.ecosystem} package ${first.package.name}`
        : first.title;
      const known = causes.get(title);
      const refs = entitiesOf.get(row.incident_id) ?? [];
      causes.set(title, {
        title,
        count: (known?.count ?? 0) + 1,
        entityRefs: [...new Set([...(known?.entityRefs ?? []), ...refs])],
      });
    }
  }
  return [...causes.values()]
    .sort((left, right) => right.count - left.count)
    .slice(0, MOST_CAUSES);
}

/** What moved with it, by figure and direction, most often first. */
async function readUnusualFigures(
  knex: Knex,
  incidentIds: string[],
  entitiesOf: Map<string, string[]>,
): Promise<PlaybookBody['unusual']> {
  const rows: any[] = await knex('anomalies')
    .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
    .whereIn('anomalies.incident_id', incidentIds)
    .where('anomalies.stage', '<>', 'note')
    .orderBy('anomalies.id')
    .select(
      'anomalies.incident_id',
      'anomalies.metric',
      'anomalies.direction',
      'series_subjects.kind',
      'series_subjects.pipeline_name',
      'series_subjects.job_name',
      'series_subjects.name',
      'series_subjects.entity_ref',
    );
  const figures = new Map<string, { of: Set<string>; refs: Set<string> }>();
  for (const row of rows) {
    const title = titleOfFigure(row);
    const known = figures.get(title) ?? { of: new Set(), refs: new Set() };
    figures.set(title, known);
    known.of.add(row.incident_id);
    const refs: string[] = row.entity_ref
      ? [row.entity_ref]
      : entitiesOf.get(row.incident_id) ?? [];
    refs.forEach(ref => known.refs.add(ref));
  }
  return [...figures]
    .map(([title, { of, refs }]) => ({
      ...{ title, count: of.size },
      entityRefs: [...refs],
    }))
    .sort((left, right) => right.count - left.count)
    .slice(0, MOST_CAUSES);
}

function titleOfFigure(row: any): string {
  const isOutside = row.kind === 'source';
  const of = isOutside
    ? row.name
    : [row.pipeline_name, row.job_name, row.name].filter(Boolean).join(' / ');
  const metric = isOutside ? '' : `: ${row.metric.replaceAll('_', ' ')}`;
  return `${of}${metric} went ${row.direction}`;
}

async function readRemedies(
  knex: Knex,
  incidentIds: string[],
): Promise<PlaybookBody['remedies']> {
  const rows: any[] = await knex('remediations')
    .whereIn('incident_id', incidentIds)
    .whereIn('state', ['succeeded', 'failed'])
    .groupBy('action', 'state')
    .select('action', 'state')
    .count({ count: '*' });
  const remedies = new Map<string, PlaybookBody['remedies'][number]>();
  for (const { action, state, count } of rows) {
    const known = remedies.get(action) ?? { action, succeeded: 0, tried: 0 };
    const times = Number(count);
    remedies.set(action, {
      action,
      succeeded: known.succeeded + (state === 'succeeded' ? times : 0),
      tried: known.tried + times,
    });
  }
  return [...remedies.values()].sort(
    (left, right) => right.succeeded - left.succeeded,
  );
}

async function readFixes(
  knex: Knex,
  incidentIds: string[],
  entitiesOf: Map<string, string[]>,
): Promise<PlaybookBody['fixes']> {
  const rows = await knex('feedback')
    .whereIn('incident_id', incidentIds)
    .whereNull('undone_at')
    .whereNotNull('fixed_by')
    .orderBy('at', 'desc')
    .limit(MOST_FIXES)
    .select('incident_id', 'fixed_by', 'at');
  return rows.map(row => ({
    text: row.fixed_by,
    at: readNumber(row.at)!,
    entityRefs: entitiesOf.get(row.incident_id) ?? [],
  }));
}
