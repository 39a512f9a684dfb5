import { Feedback, FeedbackInput } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readText, readTime, writeText } from '../database';

/** What somebody says, and of which diagnosis. */
export type GivenFeedback = {
  id: string;
  incidentId: string;
  projectId: string;
  fingerprint: string;
  input: FeedbackInput;
  via: string;
  actor: string;
  diagnosis?: {
    id: string;
    category: string;
    subCategory?: string;
    decidedBy: string;
  };
};

/**
 * What people said. Rows stay when it is taken back.
 */
export class FeedbackStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Newest first. */
  async list(incidentId: string): Promise<Feedback[]> {
    const rows = await this.#database
      .knex('feedback')
      .where({ incident_id: incidentId })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(200);
    return rows.map(readFeedback);
  }

  async find(id: string): Promise<Feedback | undefined> {
    const row = await this.#database.knex('feedback').where({ id }).first();
    return row && readFeedback(row);
  }

  /** How much somebody said in the time before now. */
  async countBy(actor: string, withinMs: number): Promise<number> {
    const since = (await this.#database.now()) - withinMs;
    const [{ count }] = await this.#database
      .knex('feedback')
      .where({ actor })
      .where('at', '>=', since)
      .count<{ count: unknown }[]>({ count: '*' });
    return Number(count);
  }

  /** Adds it in place of what the same person said of the incident before. Returns whether it was not there yet. */
  async add(knex: Knex.Transaction, given: GivenFeedback): Promise<boolean> {
    const { id, incidentId, actor, input, diagnosis } = given;
    if (await knex('feedback').where({ id }).first('id')) {
      return false;
    }
    const now = await this.#database.now(knex);
    await knex('feedback')
      .where({ incident_id: incidentId, actor })
      .whereNull('undone_at')
      .update({ undone_at: now, undone_by: actor });
    await knex('feedback').insert({
      ...{ id, incident_id: incidentId, actor, via: given.via, at: now },
      project_id: given.projectId,
      fingerprint: given.fingerprint,
      verdict: input.verdict,
      category: input.category ?? null,
      sub_category: writeText(input.subCategory, 100),
      fixed_by: writeText(input.fixedBy, 1_000),
      comment: writeText(input.comment, 2_000),
      diagnosis_id: diagnosis?.id ?? null,
      diagnosed_category: diagnosis?.category ?? null,
      diagnosed_sub_category: diagnosis?.subCategory ?? null,
      diagnosed_by: diagnosis?.decidedBy ?? null,
    });
    return true;
  }

  /** Whether it was still there. */
  async undo(
    knex: Knex.Transaction,
    id: string,
    actor: string,
  ): Promise<boolean> {
    const now = await this.#database.now(knex);
    const count = await knex('feedback')
      .where({ id })
      .whereNull('undone_at')
      .update({ undone_at: now, undone_by: actor });
    return count > 0;
  }
}

function readFeedback(row: any): Feedback {
  return {
    id: row.id,
    incidentId: row.incident_id,
    fingerprint: row.fingerprint,
    verdict: row.verdict,
    category: row.category ?? undefined,
    subCategory: readText(row.sub_category),
    fixedBy: readText(row.fixed_by),
    comment: readText(row.comment),
    via: row.via,
    actor: row.actor,
    at: readTime(row.at)!,
    undoneAt: readTime(row.undone_at),
    undoneBy: readText(row.undone_by),
  };
}
