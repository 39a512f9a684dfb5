import {
  Anomaly,
  SeriesMetric,
  SeriesUnit,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readTime } from '../database';
import { anomaliesJudge, isReadingHistory, seriesTake } from '../work';
import { metricDetectors } from './metricDetectors';
import { OpenAnomaly, readAnomaly, selectAnomalies } from './OpenAnomaly';

const DAY_MS = 24 * 3_600_000;
const MOST = 300;

/**
 * Reads anomalies for people, the newest first. Those that began in runs of other entities are left out.
 */
export class AnomalyReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async list(query: {
    entityRef: string;
    days: number;
    stage?: Anomaly['stage'];
    subjectId?: string;
    metric?: SeriesMetric;
  }): Promise<Anomaly[]> {
    const { entityRef, days, stage, subjectId, metric } = query;
    const since = (await this.#database.now()) - days * DAY_MS;
    const select = this.#ofEntities([entityRef])
      .where(builder =>
        builder
          .where('anomalies.at', '>=', since)
          .orWhereNull('anomalies.ended_at'),
      )
      .orderBy([
        { column: 'anomalies.began_at', order: 'desc' },
        { column: 'anomalies.id' },
      ])
      .limit(MOST);
    if (stage) {
      select.where('anomalies.stage', stage);
    }
    if (subjectId) {
      select.where('anomalies.subject_id', subjectId);
    }
    if (metric) {
      select.where('anomalies.metric', metric);
    }
    return (await select).map(presentRow);
  }

  /** Whether there are older runs of an entity that are not read or not judged yet. */
  async isReadingHistory(entityRef: string): Promise<boolean> {
    const { knex } = this.#database;
    const projectIds: string[] = await knex('entity_projects')
      .where({ entity_ref: entityRef })
      .whereNotNull('project_id')
      .pluck('project_id');
    const steps = [seriesTake.kind, anomaliesJudge.kind];
    for (const projectId of projectIds) {
      if (await isReadingHistory(knex, projectId, steps)) {
        return true;
      }
    }
    return false;
  }

  /** Those that go with an incident, as far as they began in runs of some entities. */
  async ofIncident(
    incidentId: string,
    entityRefs: string[],
  ): Promise<Anomaly[]> {
    const rows = await this.#ofEntities(entityRefs)
      .where('anomalies.incident_id', incidentId)
      .orderBy('anomalies.began_at')
      .limit(MOST);
    return rows.map(presentRow);
  }

  #ofEntities(entityRefs: string[]) {
    const { knex } = this.#database;
    return selectAnomalies(knex).where(builder =>
      builder
        .whereIn('series_subjects.entity_ref', entityRefs)
        .orWhereExists(
          knex('run_entities')
            .whereIn('run_entities.entity_ref', entityRefs)
            .whereRaw('run_entities.run_id = anomalies.began_run')
            .select('run_id'),
        ),
    );
  }
}

function presentRow(row: any): Anomaly {
  return presentAnomaly(readAnomaly(row), row.stage);
}

/** An anomaly as the API tells it. */
export function presentAnomaly(
  anomaly: OpenAnomaly,
  stage: Anomaly['stage'],
): Anomaly {
  const { subject, metric, body } = anomaly;
  const { finding, began, range } = body;
  return {
    id: anomaly.id,
    subject: {
      id: subject.id,
      kind: subject.kind,
      pipeline: subject.kind === 'source' ? undefined : subject.pipelineName,
      job: subject.jobName,
      name: subject.name,
      branchClass: subject.branchClass,
      runnerClass: subject.runnerClass,
    },
    metric,
    unit: unitOf(metric, subject.unit),
    kind: finding.kind,
    stage,
    direction: finding.direction,
    at: readTime(anomaly.at)!,
    began,
    range,
    endedAt: readTime(anomaly.endedAt),
    before: finding.before,
    after: finding.after,
    change: finding.change,
    sentence: anomaly.sentence,
    groupId: anomaly.groupId,
    incidentId: anomaly.incidentId,
    quiet: anomaly.quiet,
  };
}

function unitOf(metric: SeriesMetric, own: string | undefined): SeriesUnit {
  const { unit, rates } = metricDetectors[metric] ?? {};
  if (rates) {
    return 'share';
  }
  const known = unit ?? own;
  return known === 'seconds' ||
    known === 'minutes' ||
    known === 'bytes' ||
    known === 'share'
    ? known
    : 'other';
}
