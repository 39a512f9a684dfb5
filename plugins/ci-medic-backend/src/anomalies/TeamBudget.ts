import { Knex } from 'knex';
import { readNumber } from '../database';

const DAY_MS = 24 * 3_600_000;

/**
 * Of how many anomalies teams are told a day.
 */
export class TeamBudget {
  readonly #daily: number;

  constructor(options: { dailyBudget: number }) {
    this.#daily = options.dailyBudget;
  }

  /**
   * Takes one telling out of the budgets of all owners. Returns whether there was one left; of what was told already, there
   * always is.
   */
  async take(
    knex: Knex.Transaction,
    ownerRefs: string[],
    incidentId: string,
    now: number,
  ): Promise<boolean> {
    // Entities without an owner share one budget.
    const owners = ownerRefs.length > 0 ? ownerRefs : [''];
    const told = await knex('anomaly_tellings')
      .whereIn('owner_ref', owners)
      .where('at', '>', now - DAY_MS)
      .select('owner_ref', 'incident_id');
    if (told.some(row => row.incident_id === incidentId)) {
      return true;
    }
    const isLeft = owners.every(
      owner => told.filter(row => row.owner_ref === owner).length < this.#daily,
    );
    if (isLeft) {
      for (const owner_ref of owners) {
        await knex('anomaly_tellings')
          .insert({ owner_ref, incident_id: incidentId, at: now })
          .onConflict(['owner_ref', 'incident_id'])
          .merge();
      }
    }
    return isLeft;
  }

  /** Whether anybody was told of an incident lately. */
  async wasTold(knex: Knex, incidentId: string): Promise<boolean> {
    const row = await knex('anomaly_tellings')
      .where({ incident_id: incidentId })
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    return (readNumber(row?.count) ?? 0) > 0;
  }
}
