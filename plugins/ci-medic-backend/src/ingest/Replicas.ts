import { Status } from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readTime } from '../database';

const AWAY_MS = 60_000;

/**
 * Which backends take part in the work.
 */
export class Replicas {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async beat(id: string): Promise<void> {
    const now = this.#database.nowExpression();
    await this.#database
      .knex('replicas')
      .insert({ id, started_at: now, seen_at: now })
      .onConflict('id')
      .merge(['seen_at']);
  }

  async list(): Promise<Status['replicas']> {
    const now = await this.#database.now();
    const rows = await this.#database
      .knex('replicas')
      .where('seen_at', '>', now - AWAY_MS)
      .orderBy('started_at');
    return rows.map(row => ({ id: row.id, seenAt: readTime(row.seen_at)! }));
  }
}
