import { DiagnosisResult } from '@ci-medic/diagnosis';
import { Diagnosis } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readJson, stableId } from '../database';

const MOST_REASONS = 20;

/**
 * Diagnoses of incidents. A new one is added when something of it differs; earlier ones stay.
 */
export class DiagnosisStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** The current one. */
  async get(incidentId: string): Promise<Diagnosis | undefined> {
    const row = await this.#database
      .knex('diagnoses')
      .where({ incident_id: incidentId })
      .orderBy('version', 'desc')
      .first('body');
    return readJson<Diagnosis>(row?.body);
  }

  /** Whether it says something else than the one before. */
  async add(
    knex: Knex.Transaction,
    incidentId: string,
    jobId: string,
    result: DiagnosisResult,
  ): Promise<boolean> {
    const said = { ...result, reasons: result.reasons.slice(0, MOST_REASONS) };
    // Why something is missing differs from try to try; that it is missing is what counts.
    const parts = said.missing.map(({ part }) => part);
    const hash = stableId(jobId, JSON.stringify({ ...said, missing: parts }));
    const before = await knex('diagnoses')
      .where({ incident_id: incidentId })
      .orderBy('version', 'desc')
      .first('version', 'body_hash');
    if (before?.body_hash === hash) {
      return false;
    }
    const now = await this.#database.now(knex);
    const version = (before?.version ?? 0) + 1;
    const body: Diagnosis = {
      id: stableId(incidentId, 'diagnosis', version),
      ...{ incidentId, jobId },
      ...said,
      createdAt: new Date(now).toISOString(),
    };
    await knex('diagnoses').insert({
      ...{ id: body.id, incident_id: incidentId, job_id: jobId, version },
      category: body.category,
      sub_category: body.subCategory ?? null,
      confidence: body.confidence,
      transient: body.transient,
      body: JSON.stringify(body),
      body_hash: hash,
      is_partial: body.missing.length > 0,
      created_at: now,
    });
    return true;
  }
}
