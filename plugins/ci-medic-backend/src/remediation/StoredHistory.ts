import { TreatmentHistory } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../database';

const MOST_FINDINGS = 5;
const MOST_JOBS = 1_000;

/**
 * What was collected around a treatment since it was carried out.
 */
export class StoredHistory implements TreatmentHistory {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
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
    const { projectId, runId } = await this.#subject(request.remediationId);
    const since = Date.parse(request.since);
    const entityRefs: string[] = await knex('run_entities')
      .where({ run_id: runId })
      .pluck('entity_ref');
    const subjects: string[] = await knex('series_subjects')
      .where('last_at', '>', since)
      .andWhere(of =>
        of.where({ project_id: projectId }).orWhereIn('entity_ref', entityRefs),
      )
      .pluck('id');
    const findings: string[] = await knex('anomalies')
      .whereIn('subject_id', subjects)
      .where('began_at', '>', since)
      .whereIn('stage', ['note', 'alert'])
      .orderBy('began_at')
      .limit(MOST_FINDINGS)
      .pluck('sentence');
    return { series: subjects.length, findings };
  }

  async #subject(remediationId: string) {
    const row = await this.#database
      .knex('remediations')
      .join('incidents', 'incidents.id', 'remediations.incident_id')
      .where('remediations.id', remediationId)
      .first('incidents.fingerprint', 'remediations.project_id', 'run_id');
    return {
      fingerprint: row.fingerprint as string,
      projectId: row.project_id as string,
      runId: row.run_id as string,
    };
  }
}
