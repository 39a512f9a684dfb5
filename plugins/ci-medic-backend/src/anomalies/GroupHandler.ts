import { Knex } from 'knex';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, readNumber } from '../database';
import {
  alertsPlan,
  anomaliesGroup,
  diagnosisRun,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { AnomalyIncidents } from './AnomalyIncidents';
import { AnomalySettingsStore } from './AnomalySettingsStore';
import { AnomalyGroup, groupAnomalies } from './groupAnomalies';
import { OpenAnomaly, readAnomaly, selectAnomalies } from './OpenAnomaly';
import { AnomalyConfig } from './readAnomalyConfig';
import { quietBecause } from './settingRules';
import { TeamBudget } from './TeamBudget';

type Payload = { projectId: string };

const MOST_COMMITS = 500;
const OTHER_GROUP = 'It is told together with a clearer one of the same event';
const PART_OF_JOB = 'It is a part of its job, of which people are told';

/**
 * Decides what becomes of the anomalies of a project: which are one event, which incident they go with, and whether people
 * hear of them.
 */
export class GroupHandler implements WorkHandler<Payload> {
  readonly kind = anomaliesGroup.kind;
  readonly schema = anomaliesGroup.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 5;

  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;
  readonly #settings: AnomalySettingsStore;
  readonly #incidents = new AnomalyIncidents();
  readonly #budget: TeamBudget;
  readonly #maxAgeMs: number;

  constructor(options: {
    database: CiMedicDatabase;
    changes: ChangeFeed;
    settings: AnomalySettingsStore;
    config: AnomalyConfig;
  }) {
    this.#database = options.database;
    this.#changes = options.changes;
    this.#settings = options.settings;
    this.#budget = new TeamBudget(options.config);
    this.#maxAgeMs = options.config.maxAgeMs;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    return { write: trx => this.#group(payload.projectId, trx) };
  }

  async #group(projectId: string, trx: WorkTransaction) {
    const { knex } = trx;
    const now = await this.#database.now(knex);
    const rows = await selectAnomalies(knex)
      .where('anomalies.stage', '<>', 'note')
      .where('anomalies.at', '>', now - this.#maxAgeMs)
      .orderBy('anomalies.began_at');
    const anomalies = rows.map(readAnomaly);
    const groups = groupAnomalies(anomalies, await firstBuilt(knex, anomalies));
    for (const group of groups) {
      if (group.members.some(one => one.projectId === projectId)) {
        await this.#place(group, projectId, now, trx);
      }
    }
    await this.#resolve(projectId, trx);
  }

  async #place(
    group: AnomalyGroup,
    projectId: string,
    now: number,
    { knex, enqueue }: WorkTransaction,
  ) {
    const all = group.members.filter(one => one.projectId === projectId);
    const isTest = ({ subject }: OpenAnomaly) => subject.kind === 'test';
    // What a job takes longer for comes after the job.
    const own = [...all.filter(one => !isTest(one)), ...all.filter(isTest)];
    let toldBy = group.members.find(
      one => one.incidentId && !one.quiet && one.projectId !== projectId,
    )?.incidentId;
    let ownIncident = own.find(one => one.incidentId)?.incidentId;
    for (const anomaly of own) {
      const entities = await entitiesOf(knex, anomaly);
      let incidentId =
        anomaly.incidentId ?? (await this.#incidents.ofFailures(knex, anomaly));
      let quiet = incidentId
        ? 'It belongs to an incident of failures'
        : await this.#quiet(knex, anomaly, entities.refs);
      if (anomaly.incidentId) {
        quiet = anomaly.quiet;
      } else if (isTest(anomaly)) {
        incidentId ??= ownIncident;
      } else if (!incidentId && !quiet && !anomaly.endedAt) {
        incidentId = ownIncident ?? (await this.#incidents.open(knex, anomaly));
        const isToldAlready = ownIncident !== undefined || toldBy !== undefined;
        if (!incidentId) {
          quiet = 'There is no run that can stand for it';
        } else if (isToldAlready) {
          quiet = OTHER_GROUP;
        } else if (
          await this.#budget.take(knex, entities.owners, incidentId, now)
        ) {
          await enqueue(workFor(alertsPlan, { incidentId }));
          toldBy = incidentId;
        } else {
          quiet = 'Its team was told of enough anomalies today';
        }
        ownIncident = incidentId;
        if (incidentId) {
          this.#changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
        }
      }
      if (incidentId && !anomaly.incidentId) {
        // What was unusual says something of what is the matter.
        await enqueue(workFor(diagnosisRun, { incidentId }));
      }
      await knex('anomalies')
        .where({ id: anomaly.id })
        .update({
          group_id: group.members.length > 1 ? group.id : null,
          incident_id: incidentId ?? null,
          quiet: quiet ?? null,
        });
    }
  }

  async #quiet(knex: Knex, anomaly: OpenAnomaly, entityRefs: string[]) {
    const { subject, metric, body } = anomaly;
    const { branchClass, kind } = subject;
    if (kind === 'source') {
      return 'It is a figure from outside: it explains incidents and makes none';
    }
    if (kind === 'test') {
      return PART_OF_JOB;
    }
    const settings = await this.#settings.of(knex, entityRefs, metric);
    const reasons = settings.map(setting =>
      quietBecause(
        { finding: body.finding, metric, branchClass },
        setting,
        body.finding,
      ),
    );
    // One of its entities wants to hear of it.
    return reasons.includes(undefined) ? undefined : reasons[0];
  }

  /** Incidents of which every anomaly is over. */
  async #resolve(projectId: string, { knex, enqueue }: WorkTransaction) {
    const open: string[] = await knex('incidents')
      .where({ project_id: projectId, state: 'open', kind: 'anomaly' })
      .pluck('id');
    for (const id of open) {
      // Figures from outside and single tests explain it, and may go on.
      const rows = await knex('anomalies')
        .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
        .where({ incident_id: id })
        .whereNotIn('series_subjects.kind', ['source', 'test'])
        .select('anomalies.*');
      if (rows.every(row => row.ended_at !== null)) {
        const last = rows.sort(
          (a, b) => Number(b.ended_at) - Number(a.ended_at),
        );
        const resolved = await this.#incidents.resolve(knex, id, {
          at: Number(last[0]?.ended_at ?? (await this.#database.now(knex))),
          kind: 'resolved',
          message:
            last[0]?.sentence ?? 'With what is known now, it is as usual',
        });
        if (resolved && (await this.#budget.wasTold(knex, id))) {
          await enqueue(workFor(alertsPlan, { incidentId: id }));
        }
        this.#changes.announceAfter(knex, 'ci-medic:incidents', id);
      }
    }
  }
}

/** When the commits with which anomalies may have begun were first built. */
async function firstBuilt(
  knex: Knex,
  anomalies: OpenAnomaly[],
): Promise<Map<string, number>> {
  const shas = new Set(
    anomalies.flatMap(({ body: { range } }) =>
      [range?.first.commitSha, range?.last.commitSha].flatMap(sha => sha ?? []),
    ),
  );
  const rows: any[] = await knex('runs')
    .whereIn('project_id', [
      ...new Set(anomalies.map(({ projectId }) => projectId)),
    ])
    .whereIn('commit_sha', [...shas].slice(0, MOST_COMMITS))
    .groupBy('commit_sha')
    .select('commit_sha')
    .min({ at: 'created_at' });
  return new Map(rows.map(row => [row.commit_sha, readNumber(row.at)!]));
}

/** Entities that the series of an anomaly concerns, and their owners. */
async function entitiesOf(
  knex: Knex,
  { subject, beganAt }: OpenAnomaly,
): Promise<{ refs: string[]; owners: string[] }> {
  const refs: string[] = subject.entityRef
    ? [subject.entityRef]
    : await knex('series_points')
        .join('run_entities', 'run_entities.run_id', 'series_points.run_id')
        .where('series_points.subject_id', subject.id)
        .where('series_points.at', '>=', beganAt)
        .distinct('run_entities.entity_ref')
        .limit(50)
        .pluck('run_entities.entity_ref');
  const owners: (string | null)[] = await knex('entity_projects')
    .whereIn('entity_ref', refs)
    .distinct('owner_ref')
    .pluck('owner_ref');
  return { refs, owners: owners.flatMap(owner => owner ?? []) };
}
