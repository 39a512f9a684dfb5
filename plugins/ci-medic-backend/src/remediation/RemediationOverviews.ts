import {
  ActionOutcome,
  RemediationBudget,
  RemediationOverview,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase } from '../database';
import { Budgets, defaultMode, Modes, RemediationPolicy } from './gates';
import { ALL, projectScope } from './gates/Budgets';
import { readCategory } from './RemediationCase';
import { Strategies } from './strategies';
import { KnownTreatments } from './KnownTreatments';

const DAY_MS = 24 * 3_600_000;
const OUTCOME_DAYS = 90;
const MOST_BUDGETS = 20;

type Options = {
  budgets: Budgets;
  database: CiMedicDatabase;
  modes: Modes;
  policy: RemediationPolicy;
  strategies: Strategies;
  treatments: KnownTreatments;
};

/**
 * What operators see of the remediations: modes, budgets, and how often each action helped.
 */
export class RemediationOverviews {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async read(): Promise<Omit<RemediationOverview, 'mayControl'>> {
    const { database, modes, policy, strategies, treatments } = this.#options;
    const since = (await database.now()) - OUTCOME_DAYS * DAY_MS;
    return {
      ...{ modes: await modes.list(), defaultMode },
      budgets: await this.#budgets(),
      actions: treatments.list().map(({ action, title }) => ({
        ...{ action, title },
      })),
      strategies: strategies.list.map(({ id, title, action, source }) => ({
        ...{ id, title, action, source },
      })),
      policy: await policy.state(),
      outcomes: await this.#outcomes(since),
      outcomesSince: new Date(since).toISOString(),
    };
  }

  /** That of all, and those of the repositories that used something. */
  async #budgets(): Promise<RemediationBudget[]> {
    const { budgets, database } = this.#options;
    const { perHour, perRepositoryHour } = budgets.limits;
    const busy: any[] = await database
      .knex('remediation_uses')
      .join(
        'projects',
        database.knex.raw(
          `remediation_uses.scope = 'project:' || projects.id`,
        ) as any,
      )
      .where('at', '>', (await database.now()) - DAY_MS / 24)
      .groupBy('projects.id', 'slug')
      .orderBy('slug')
      .limit(MOST_BUDGETS)
      .select('projects.id', 'slug');
    const scopes = [
      { scope: ALL, title: 'All repositories', limit: perHour },
      ...busy.map(({ id, slug }) => ({
        ...{ scope: projectScope(id), title: slug, limit: perRepositoryHour },
      })),
    ];
    const usage = await budgets.usage(scopes.map(({ scope }) => scope));
    return scopes.map(each => {
      const found = usage.get(each.scope);
      return {
        ...each,
        used: found?.used ?? 0,
        nextFreeAt: found && new Date(found.nextFreeAt).toISOString(),
      };
    });
  }

  async #outcomes(since: number): Promise<ActionOutcome[]> {
    const rows: any[] = await this.#options.database
      .knex('remediations')
      .whereIn('state', ['succeeded', 'failed'])
      .where('updated_at', '>', since)
      .groupBy('action', 'category', 'started', 'state')
      .select('action', 'category', 'started', 'state')
      .count({ count: '*' });
    const groups = new Map<
      string,
      { row: any; n: number; succeeded: number }
    >();
    for (const row of rows) {
      const key = `${row.action}|${row.category}|${row.started}`;
      const group = groups.get(key) ?? { row, n: 0, succeeded: 0 };
      group.n += Number(row.count);
      group.succeeded += row.state === 'succeeded' ? Number(row.count) : 0;
      groups.set(key, group);
    }
    return [...groups.entries()]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, { row, n, succeeded }]) => ({
        ...{ action: row.action, started: row.started, n, succeeded },
        category: readCategory(row.category),
        ...intervalOf(succeeded, n),
      }));
  }
}

function intervalOf(succeeded: number, n: number) {
  const { low, high } = wilsonInterval(succeeded, n);
  return { low, high };
}
