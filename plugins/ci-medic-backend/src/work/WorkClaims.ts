import { Knex } from 'knex';
import { CiMedicDatabase, readNumber, writeText } from '../database';
import { workPriority } from './types';

/**
 * Work that this process holds until its lease ends.
 */
export type ClaimedWork = {
  id: string;
  kind: string;
  key: string;
  lane: string;
  priority: number;
  /** JSON. */
  payload: string;
  attempts: number;
  maxAttempts?: number;
  fence: number;
  /** Set when it is another worker's, whose lease ran out. */
  expired?: boolean;
};

const priorities = Object.values(workPriority).sort((a, b) => b - a);

/**
 * Takes work out of the queue and says what became of it. Every change names the fence of the claim: when it changes
 * no row, somebody else has the work, and the caller has to stop.
 */
export class WorkClaims {
  static create(options: {
    database: CiMedicDatabase;
    /** Id of this process. */
    owner: string;
  }): WorkClaims {
    return new WorkClaims(options.database, options.owner);
  }

  readonly #database: CiMedicDatabase;
  readonly #owner: string;
  /** The lane that was served last, for each kind. */
  readonly #servedLanes = new Map<string, string>();

  private constructor(database: CiMedicDatabase, owner: string) {
    this.#database = database;
    this.#owner = owner;
  }

  /** Takes the next work of a kind, lane after lane. */
  async claim(kind: string, leaseMs: number): Promise<ClaimedWork | undefined> {
    const { knex } = this.#database;
    const served = this.#servedLanes.get(kind) ?? '';
    // The first that finds something; those after it are not looked for.
    const places = priorities.flatMap(priority =>
      (['>', '<='] as const).map(comparison =>
        this.#next(kind)
          .where({ priority })
          .where('lane', comparison, served)
          .select('id'),
      ),
    );
    const first = `coalesce(${places.map(() => '?').join(', ')})`;
    const [row] = await knex('work')
      .where('id', '=', knex.raw(first, places))
      .where({ state: 'queued' })
      .update({
        state: 'running',
        lease_owner: this.#owner,
        lease_until: this.#after(leaseMs),
        fence: knex.raw('fence + 1'),
        attempts: knex.raw('attempts + 1'),
        again: false,
      })
      .returning('*');
    if (!row) {
      return undefined;
    }
    this.#servedLanes.set(kind, row.lane);
    return readClaim(row);
  }

  /** Which of the kinds have work that is due. */
  async dueKinds(kinds: string[]): Promise<string[]> {
    const { knex } = this.#database;
    const rows = await knex.unionAll(
      kinds.map(kind =>
        knex
          .select({ kind: knex.raw('cast(? as text)', [kind]) })
          .whereExists(this.#due(kind).select(knex.raw('1'))),
      ),
    );
    return rows.map(row => row.kind);
  }

  /** Makes the lease longer. False when it is lost. */
  async renew(work: ClaimedWork, leaseMs: number): Promise<boolean> {
    return this.#change(this.#database.knex, work, {
      lease_until: this.#after(leaseMs),
    });
  }

  /**
   * Marks work as done, or as queued when it was asked for again meanwhile.
   *
   * @returns where it is then; nothing when the lease is lost.
   */
  async complete(
    knex: Knex,
    work: ClaimedWork,
  ): Promise<'done' | 'queued' | undefined> {
    const now = this.#database.nowExpression();
    const [row] = await this.#held(knex, work)
      .update({
        state: knex.raw(`case when again then 'queued' else 'done' end`),
        attempts: knex.raw('case when again then 0 else attempts end'),
        again: false,
        due_at: now,
        finished_at: now,
        lease_owner: null,
        lease_until: null,
        last_error: null,
      })
      .returning('state');
    return row?.state;
  }

  /**
   * Puts work back into the queue. `counts` says whether this attempt counts. False when the lease is lost.
   */
  async putBack(options: {
    work: ClaimedWork;
    delayMs: number;
    counts: boolean;
    reason?: string;
  }): Promise<boolean> {
    const { work, delayMs, counts, reason } = options;
    return this.#change(this.#database.knex, work, {
      state: 'queued',
      attempts: counts ? work.attempts : work.attempts - 1,
      due_at: this.#after(delayMs),
      lease_owner: null,
      lease_until: null,
      last_error: writeText(reason, 4_000),
    });
  }

  /** Gives work up. False when the lease is lost, or when it was asked for again meanwhile. */
  async bury(
    transaction: Knex.Transaction,
    work: ClaimedWork,
    reason: string,
  ): Promise<boolean> {
    return this.#change(
      transaction,
      work,
      {
        state: 'dead',
        finished_at: this.#database.nowExpression(),
        lease_owner: null,
        lease_until: null,
        last_error: writeText(reason, 4_000),
      },
      { again: false },
    );
  }

  /** Work whose worker has not renewed its lease. Changing it fails when the worker renews the lease after all. */
  async listExpired(limit: number): Promise<ClaimedWork[]> {
    const rows = await this.#database
      .knex('work')
      .where({ state: 'running' })
      .where('lease_until', '<', this.#database.nowExpression())
      .orderBy('lease_until')
      .limit(limit);
    return rows.map(row => ({ ...readClaim(row), expired: true }));
  }

  #next(kind: string): Knex.QueryBuilder {
    const next = this.#due(kind).orderBy(['lane', 'due_at']).limit(1);
    return this.#database.isPostgres ? next.forUpdate().skipLocked() : next;
  }

  #due(kind: string): Knex.QueryBuilder {
    return this.#database
      .knex('work')
      .whereRaw(`state = 'queued'`) // literally, or SQLite does not see that the index fits
      .where({ kind })
      .where('due_at', '<=', this.#database.nowExpression());
  }

  #after(delayMs: number): Knex.Raw {
    return this.#database.knex.raw('? + ?', [
      this.#database.nowExpression(),
      Math.round(delayMs),
    ]);
  }

  async #change(
    knex: Knex,
    work: ClaimedWork,
    columns: Record<string, unknown>,
    condition: Record<string, unknown> = {},
  ): Promise<boolean> {
    const held = this.#held(knex, work).where(condition);
    return (await held.update(columns)) === 1;
  }

  #held(knex: Knex, work: ClaimedWork): Knex.QueryBuilder {
    const held = knex('work').where({
      ...{ id: work.id, fence: work.fence, state: 'running' },
    });
    return work.expired
      ? held.where('lease_until', '<', this.#database.nowExpression())
      : held;
  }
}

function readClaim(row: any): ClaimedWork {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    lane: row.lane,
    priority: row.priority,
    payload: row.payload,
    attempts: row.attempts,
    maxAttempts: readNumber(row.max_attempts),
    fence: Number(row.fence),
  };
}
