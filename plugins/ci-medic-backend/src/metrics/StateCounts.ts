import { CiMedicDatabase, readNumber } from '../database';

/** How many things there are at this moment, by repository and by what tells them apart. */
export type StateCount = { repository: string; by: string; count: number };

/**
 * Counts what is open and running at this moment, from what other steps have left.
 */
export class StateCounts {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async activeRuns(): Promise<StateCount[]> {
    const { knex } = this.#database;
    const rows = await knex('runs')
      .join('projects', 'projects.id', 'runs.project_id')
      .whereIn('runs.status', ['queued', 'in_progress'])
      .groupBy('slug', 'runs.status')
      .select('slug', knex.ref('runs.status').as('by'))
      .count({ count: '*' });
    return read(rows).map(row => ({
      ...row,
      by: row.by === 'queued' ? 'pending' : 'executing',
    }));
  }

  async openIncidents(): Promise<StateCount[]> {
    const { knex } = this.#database;
    return read(
      await knex('incidents')
        .join('projects', 'projects.id', 'incidents.project_id')
        .where({ state: 'open' })
        .groupBy('slug', 'kind')
        .select('slug', knex.ref('kind').as('by'))
        .count({ count: '*' }),
    );
  }

  async openAnomalies(): Promise<StateCount[]> {
    const { knex } = this.#database;
    return read(
      await knex('anomalies')
        .join('projects', 'projects.id', 'anomalies.project_id')
        .where({ stage: 'alert' })
        .whereNull('ended_at')
        .groupBy('slug')
        .select('slug')
        .count({ count: '*' }),
    );
  }

  async unreliableTests(): Promise<StateCount[]> {
    const { knex } = this.#database;
    return read(
      await knex('series_tests')
        .join('projects', 'projects.id', 'series_tests.project_id')
        .whereIn('verdict', ['suspect', 'flaky', 'broken'])
        .groupBy('slug', 'verdict')
        .select('slug', knex.ref('verdict').as('by'))
        .count({ count: '*' }),
    );
  }
}

function read(rows: any[]): StateCount[] {
  return rows.map(row => ({
    repository: row.slug,
    by: row.by ?? '',
    count: readNumber(row.count)!,
  }));
}
