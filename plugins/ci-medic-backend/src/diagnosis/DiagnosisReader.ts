import { findSubCategory, SubCategory } from '@ci-medic/diagnosis';
import {
  Diagnosis,
  FailureKind,
  IncidentDiagnosis,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readJson, readTime } from '../database';

const MOST_VERSIONS = 50;

/**
 * Reads diagnoses for people.
 */
export class DiagnosisReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** The current one, and how it came to be. */
  async get(incidentId: string): Promise<IncidentDiagnosis> {
    const rows = await this.#database
      .knex('diagnoses')
      .where({ incident_id: incidentId })
      .orderBy('version', 'desc')
      .limit(MOST_VERSIONS);
    const all = rows.map(row => readJson<Diagnosis>(row.body)!);
    const kind = findSubCategory(all[0]?.subCategory ?? '');
    return {
      diagnosis: all[0],
      ...(kind && { kind: kindOf(kind) }),
      history: all.map(
        ({ id, category, subCategory, confidence, decidedBy }, index) => ({
          ...{ id, category, subCategory, confidence, decidedBy },
          at: readTime(rows[index].created_at)!,
        }),
      ),
    };
  }
}

function kindOf(kind: SubCategory): FailureKind {
  const { key, category, title, description, advice } = kind;
  return { key, category, title, description, advice: [...advice] };
}
