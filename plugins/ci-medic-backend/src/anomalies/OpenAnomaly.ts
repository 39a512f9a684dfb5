import { SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readJson, readNumber, readText } from '../database';
import { AnomalyBody } from './FoundAnomaly';
import { JudgedSubject, readSubject } from './JudgedSubject';

/** A stored anomaly, as far as it has to be decided who hears of it. */
export type OpenAnomaly = {
  id: string;
  projectId: string;
  subject: JudgedSubject;
  metric: SeriesMetric;
  at: number;
  beganAt: number;
  beganRun?: string;
  endedAt?: number;
  sentence: string;
  body: AnomalyBody;
  groupId?: string;
  incidentId?: string;
  quiet?: string;
};

/** Selects anomalies together with what they are about. */
export function selectAnomalies(knex: Knex) {
  return knex('anomalies')
    .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
    .select(
      'anomalies.*',
      'series_subjects.pipeline_id',
      'series_subjects.pipeline_name',
      'series_subjects.job_name',
      'series_subjects.name',
      'series_subjects.branch_class',
      'series_subjects.runner_class',
      'series_subjects.entity_ref',
      'series_subjects.unit',
      knex.ref('series_subjects.kind').as('subject_kind'),
    );
}

/** Reads a row of {@link selectAnomalies}. */
export function readAnomaly(row: any): OpenAnomaly {
  return {
    id: row.id,
    projectId: row.project_id,
    subject: readSubject({
      ...row,
      id: row.subject_id,
      kind: row.subject_kind,
    }),
    metric: row.metric,
    at: readNumber(row.at)!,
    beganAt: readNumber(row.began_at)!,
    beganRun: readText(row.began_run),
    endedAt: readNumber(row.ended_at),
    sentence: row.sentence,
    body: readJson<AnomalyBody>(row.body)!,
    groupId: readText(row.group_id),
    incidentId: readText(row.incident_id),
    quiet: readText(row.quiet),
  };
}
