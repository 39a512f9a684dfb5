import { Knex } from 'knex';
import { CiMedicDatabase, insertInBatches, readNumber } from '../database';
import { CauseKey } from './causeKeys';
import { CausedIncident, foldCauses } from './foldCauses';

const MOST_INCIDENTS = 500;

/**
 * Keeps which incidents have one cause.
 */
export class BlastRadii {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Saves by what an incident recognizes others, and folds all that it concerns anew. Returns those that changed. */
  async update(
    knex: Knex.Transaction,
    incidentId: string,
    keys: CauseKey[],
    from: number,
  ): Promise<string[]> {
    await knex('incident_causes').where({ incident_id: incidentId }).delete();
    await insertInBatches({
      knex,
      table: 'incident_causes',
      rows: keys.map(({ key, reason }) => ({
        incident_id: incidentId,
        cause_key: key,
        reason: reason.slice(0, 500),
        from_at: from,
      })),
    });
    const ids = await this.#concerned(knex, incidentId, keys);
    if (ids.length < 2) {
      return [];
    }
    if (this.#database.isPostgres) {
      // In one order, so that two of these do not wait for each other in a circle.
      await knex('incidents')
        .whereIn('id', ids)
        .orderBy('id')
        .forUpdate()
        .select('id');
    }
    const members = foldCauses(await this.#read(knex, ids));
    const before = await knex('incident_members')
      .whereIn('incident_id', ids)
      .select('incident_id', 'leader_id', 'since');
    const was = new Map(before.map(row => [row.incident_id, row]));
    const changed = ids.filter(
      id => was.get(id)?.leader_id !== members.get(id)?.leaderId,
    );
    await knex('incident_members').whereIn('incident_id', ids).delete();
    const now = await this.#database.now(knex);
    await insertInBatches({
      knex,
      table: 'incident_members',
      rows: [...members].map(([id, { leaderId, reason }]) => ({
        incident_id: id,
        leader_id: leaderId,
        reason: reason.slice(0, 500),
        since:
          was.get(id)?.leader_id === leaderId
            ? readNumber(was.get(id).since)
            : now,
      })),
    });
    const leaders = changed.flatMap(id => [
      ...(members.get(id) ? [members.get(id)!.leaderId] : []),
      ...(was.get(id) ? [was.get(id).leader_id as string] : []),
    ]);
    return [...new Set([...changed, ...leaders])];
  }

  /** Those that share a key, those that were with it before, and those with which either is. */
  async #concerned(
    knex: Knex.Transaction,
    incidentId: string,
    keys: CauseKey[],
  ): Promise<string[]> {
    const sharing: string[] = await knex('incident_causes')
      .whereIn(
        'cause_key',
        keys.map(({ key }) => key),
      )
      .distinct()
      .orderBy('incident_id')
      .limit(MOST_INCIDENTS)
      .pluck('incident_id');
    const named = keys.flatMap(({ key }) =>
      key.startsWith('incident:') ? key.slice('incident:'.length) : [],
    );
    const seeds = [...new Set([incidentId, ...sharing, ...named])];
    const leaders: string[] = await knex('incident_members')
      .whereIn('incident_id', seeds)
      .pluck('leader_id');
    const heads = [...new Set([...seeds, ...leaders])];
    const members: string[] = await knex('incident_members')
      .whereIn('leader_id', heads)
      .orderBy('incident_id')
      .limit(MOST_INCIDENTS)
      .pluck('incident_id');
    const all = [...new Set([...heads, ...members])];
    return knex('incidents')
      .whereIn('id', all.slice(0, MOST_INCIDENTS))
      .orderBy('id')
      .pluck('id');
  }

  async #read(
    knex: Knex.Transaction,
    ids: string[],
  ): Promise<CausedIncident[]> {
    const incidents = await knex('incidents')
      .whereIn('id', ids)
      .select('id', 'first_seen_at', 'last_seen_at');
    const rows = await knex('incident_causes').whereIn('incident_id', ids);
    return incidents.map(({ id, first_seen_at, last_seen_at }) => {
      const own = rows.filter(row => row.incident_id === id);
      return {
        id,
        from: readNumber(own[0]?.from_at ?? first_seen_at)!,
        last: readNumber(last_seen_at)!,
        // One whose cause was not sought yet can be named by others.
        keys:
          own.length > 0
            ? own.map(row => ({ key: row.cause_key, reason: row.reason }))
            : [
                {
                  key: `incident:${id}`,
                  reason: 'It is the cause of the others',
                },
              ],
      };
    });
  }
}
