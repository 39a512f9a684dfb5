import { TreatmentHistory } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readJson } from '../database';

const MOST_FINDINGS = 5;
const MOST_JOBS = 1_000;
const DAY_MS = 24 * 3_600_000;

type Found = {
  subject_id: string;
  metric: string;
  stage: string;
  direction: string;
  sentence: string;
  at: unknown;
};

/**
 * What was collected around a treatment since it was carried out.
 */
export class StoredHistory implements TreatmentHistory {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async canaryOf({
    project,
    sha,
    remediationId,
  }: Parameters<TreatmentHistory['canaryOf']>[0]): ReturnType<
    TreatmentHistory['canaryOf']
  > {
    const { knex } = this.#database;
    const { provider, host, slug } = project;
    const since = (await this.#database.now()) - DAY_MS;
    const rows = await knex('remediations')
      .join('projects', 'projects.id', 'remediations.project_id')
      .where({ provider, host, slug, action: 'canary' })
      .where('remediations.requested_at', '>', since)
      .whereNot('remediations.id', remediationId)
      .where('stage', '>', 0)
      .whereNotIn('state', ['superseded', 'cancelled', 'denied'])
      .orderBy('remediations.requested_at', 'desc')
      .select('parameters', 'reason');
    const found = rows.find(
      ({ parameters }) =>
        readJson<{ sha?: { suspect?: string } }>(parameters)?.sha?.suspect ===
        sha,
    );
    return found && { reason: found.reason };
  }

  async jobsOn(
    request: Parameters<TreatmentHistory['jobsOn']>[0],
  ): ReturnType<TreatmentHistory['jobsOn']> {
    const { knex } = this.#database;
    const { remediationId, runners, since } = request;
    const { fingerprint } = await this.#subject(remediationId);
    const jobs: string[] = await knex('jobs')
      .whereIn('runner_name', runners)
      .where('status', 'completed')
      .where('completed_at', '>', Date.parse(since))
      .orderBy('completed_at', 'desc')
      .limit(MOST_JOBS)
      .pluck('job_id');
    const alike = await knex('incident_occurrences')
      .join('incidents', 'incidents.id', 'incident_occurrences.incident_id')
      .whereIn('job_id', jobs)
      .where({ fingerprint })
      .count<{ count: unknown }[]>({ count: 'job_id' })
      .first();
    return { ended: jobs.length, alike: Number(alike?.count ?? 0) };
  }

  async unusualSince(
    request: Parameters<TreatmentHistory['unusualSince']>[0],
  ): ReturnType<TreatmentHistory['unusualSince']> {
    const { knex } = this.#database;
    const { projectId, runId, pipelineId } = await this.#subject(
      request.remediationId,
    );
    const since = Date.parse(request.since);
    const entityRefs: string[] = await knex('run_entities')
      .where({ run_id: runId })
      .pluck('entity_ref');
    const subjects: string[] = await knex('series_subjects')
      .where('last_at', '>', since)
      .andWhere(of =>
        of
          .where({ project_id: projectId, pipeline_id: pipelineId })
          .orWhereIn('entity_ref', entityRefs),
      )
      .pluck('id');
    const found: Found[] = await knex('anomalies')
      .whereIn('subject_id', subjects)
      .where('began_at', '>', since - DAY_MS)
      .whereIn('stage', ['note', 'alert', 'went_away'])
      .orderBy('began_at')
      .select('subject_id', 'metric', 'stage', 'direction', 'sentence')
      .select({ at: 'began_at' });
    const before = found.filter(({ at }) => Number(at) <= since);
    const findings = found
      .filter(({ at, stage }) => Number(at) > since && stage !== 'went_away')
      .filter(one => !before.some(earlier => isReturn(one, earlier)))
      .slice(0, MOST_FINDINGS)
      .map(({ sentence }) => sentence);
    return { series: subjects.length, findings };
  }

  async #subject(remediationId: string) {
    const row = await this.#database
      .knex('remediations')
      .join('incidents', 'incidents.id', 'remediations.incident_id')
      .join('runs', join =>
        join
          .on('runs.run_id', 'remediations.run_id')
          .andOn('runs.attempt', 'remediations.attempt'),
      )
      .where('remediations.id', remediationId)
      .first(
        ...['incidents.fingerprint', 'remediations.project_id'],
        ...['runs.run_id', 'runs.pipeline_id'],
      );
    return {
      fingerprint: row.fingerprint as string,
      projectId: row.project_id as string,
      runId: row.run_id as string,
      pipelineId: row.pipeline_id as string,
    };
  }
}

/** What went the other way before goes back: that is what was hoped for. */
function isReturn(one: Found, earlier: Found): boolean {
  return (
    one.subject_id === earlier.subject_id &&
    one.metric === earlier.metric &&
    one.direction !== earlier.direction
  );
}
