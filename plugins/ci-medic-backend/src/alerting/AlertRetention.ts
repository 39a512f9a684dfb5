import { CiMedicDatabase } from '../database';

const KEEP_CLICKS_MS = 90 * 24 * 3_600_000;

/**
 * Removes buttons and notes of messages that are gone, and clicks that are too old to be delivered again. The audit is
 * kept.
 */
export class AlertRetention {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async run(): Promise<void> {
    const { knex } = this.#database;
    for (const table of ['alert_notes', 'alert_actions']) {
      await knex(table)
        .whereNotExists(query =>
          query
            .from('alerts')
            .whereRaw(`alerts.id = ${table}.alert_id`)
            .select(knex.raw('1')),
        )
        .delete();
    }
    await knex('alert_clicks')
      .where('received_at', '<', (await this.#database.now()) - KEEP_CLICKS_MS)
      .whereNot({ state: 'received' })
      .delete();
  }
}
