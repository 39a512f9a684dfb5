import { Knex } from 'knex';
import { CiMedicDatabase } from '../../database';
import { skips } from '../../failpoints';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How much may be done at most. A configuration can only lower it. */
export type Limits = {
  /** Actions on one run, ever. */
  perRun: number;
  /** Actions on a repository within an hour. */
  perRepositoryHour: number;
  /** All actions within an hour. */
  perHour: number;
  /** Actions against one cause within a day: what more would say nothing new. */
  perCauseDay: number;
};

export const highestLimits: Limits = {
  perRun: 2,
  perRepositoryHour: 10,
  perHour: 60,
  perCauseDay: 5,
};

/** Whose budgets something takes from. */
export type Spender = {
  remediationId: string;
  projectId: string;
  runId: string;
  causeId: string;
};

type Scope = {
  scope: string;
  limit: number;
  sinceMs: number;
  exceeded: string;
};

export const ALL = 'all';
export const projectScope = (projectId: string) => `project:${projectId}`;

/**
 * How much was done and may still be done, over sliding times.
 *
 * @remarks
 *
 * Reserving locks a row for each scope, always in the same order, and counts afterwards. So nobody counts while somebody
 * else reserves, on however many replicas.
 */
export class Budgets {
  readonly limits: Limits;
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase; limits?: Limits }) {
    this.#database = options.database;
    this.limits = options.limits ?? highestLimits;
  }

  /** Why nothing more may be done, as things are now; `undefined` when something may. */
  async refusal(spender: Spender, knex?: Knex): Promise<string | undefined> {
    if (skips('remediation.budget')) {
      return undefined;
    }
    const connection = knex ?? this.#database.knex;
    const now = await this.#database.now(connection);
    for (const scope of this.#scopesOf(spender)) {
      const used = await connection('remediation_uses')
        .where({ scope: scope.scope })
        .whereNot({ remediation_id: spender.remediationId })
        .where('at', '>', now - scope.sinceMs)
        .count<{ count: unknown }[]>({ count: '*' })
        .first();
      if (Number(used?.count) >= scope.limit) {
        return scope.exceeded;
      }
    }
    return undefined;
  }

  /** Takes from all budgets, or says why it cannot. A remediation takes once, however often it is claimed. */
  async reserve(
    knex: Knex.Transaction,
    spender: Spender,
  ): Promise<string | undefined> {
    const scopes = this.#scopesOf(spender);
    const names = scopes.map(({ scope }) => scope);
    for (const scope of names) {
      await knex('remediation_budgets')
        .insert({ scope, locks: 1 })
        .onConflict('scope')
        .merge({ locks: knex.raw('remediation_budgets.locks + 1') });
    }
    const refusal = await this.refusal(spender, knex);
    if (refusal === undefined) {
      const at = await this.#database.now(knex);
      await knex('remediation_uses')
        .insert(
          names.map(scope => ({
            ...{ scope, at, remediation_id: spender.remediationId },
          })),
        )
        .onConflict(['scope', 'remediation_id'])
        .ignore();
    }
    return refusal;
  }

  /** What was used of a scope within the last hour, and when it is less. */
  async usage(
    scopes: string[],
  ): Promise<Map<string, { used: number; nextFreeAt: number }>> {
    const now = await this.#database.now();
    const rows: any[] = await this.#database
      .knex('remediation_uses')
      .whereIn('scope', scopes)
      .where('at', '>', now - HOUR_MS)
      .groupBy('scope')
      .select('scope')
      .count({ count: '*' })
      .min({ oldest: 'at' });
    return new Map(
      rows.map(({ scope, count, oldest }) => [
        scope,
        { used: Number(count), nextFreeAt: Number(oldest) + HOUR_MS },
      ]),
    );
  }

  /** In the order in which they are locked. */
  #scopesOf({ projectId, runId, causeId }: Spender): Scope[] {
    const { perHour, perRepositoryHour, perRun, perCauseDay } = this.limits;
    return [
      {
        ...{ scope: ALL, limit: perHour, sinceMs: HOUR_MS },
        exceeded: `${perHour} actions were begun within an hour, and more are not allowed`,
      },
      {
        ...{ scope: projectScope(projectId), limit: perRepositoryHour },
        sinceMs: HOUR_MS,
        exceeded: `${perRepositoryHour} actions were begun in this repository within an hour, and more are not allowed`,
      },
      {
        ...{ scope: `cause:${causeId}`, limit: perCauseDay, sinceMs: DAY_MS },
        exceeded: `${perCauseDay} actions against this cause within a day are enough to know: it is systemic, and trying again is paused`,
      },
      {
        ...{ scope: `run:${runId}`, limit: perRun, sinceMs: 400 * DAY_MS },
        exceeded: `The run was treated ${perRun} times, and more is not allowed`,
      },
    ];
  }
}
