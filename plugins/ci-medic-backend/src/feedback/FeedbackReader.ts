import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase } from '../database';

const MOST_VERDICTS = 50_000;

/** How often a category was right of how often it was judged. */
export type JudgedCategory = {
  category: FailureCategory;
  judged: number;
  right: number;
};

/**
 * How right diagnoses have been, as far as people said. One incident counts once for each diagnosis, with the latest
 * verdict; what people had decided themselves does not count.
 */
export class FeedbackReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Of the incidents that struck an entity. */
  async accuracy(entityRef: string): Promise<JudgedCategory[]> {
    const { knex } = this.#database;
    const rows = await knex('feedback')
      .whereNull('undone_at')
      // Not to know is neither right nor wrong.
      .whereNot({ diagnosed_category: 'unknown' })
      .whereNot({ diagnosed_by: 'feedback' })
      .whereIn('verdict', ['right', 'wrong'])
      .whereExists(
        knex('incident_occurrences')
          .join(
            'run_entities',
            'run_entities.run_id',
            'incident_occurrences.run_id',
          )
          .whereRaw('incident_occurrences.incident_id = feedback.incident_id')
          .where('run_entities.entity_ref', entityRef)
          .select(knex.raw('1')),
      )
      .orderBy('at')
      .limit(MOST_VERDICTS)
      .select('incident_id', 'diagnosed_category', 'verdict');
    const latest = new Map<
      string,
      { category: FailureCategory; right: boolean }
    >();
    for (const row of rows) {
      const category = row.diagnosed_category as FailureCategory;
      latest.set(`${row.incident_id} ${category}`, {
        category,
        right: row.verdict === 'right',
      });
    }
    const counts = new Map<FailureCategory, JudgedCategory>();
    for (const { category, right } of latest.values()) {
      const count = counts.get(category) ?? { category, judged: 0, right: 0 };
      count.judged += 1;
      count.right += Number(right);
      counts.set(category, count);
    }
    return [...counts.values()].sort((a, b) => b.judged - a.judged);
  }
}
