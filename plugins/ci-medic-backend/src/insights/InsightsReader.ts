import {
  FailureCategory,
  Insights,
  InsightPeriod,
  RedPeriod,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readJson, readTime } from '../database';
import { InsightDay } from './InsightDay';
import { InsightsConfig } from './InsightsConfig';
import { KnownCauses, readCauses } from './readCauses';
import { readChanges } from './readChanges';
import { readRedPeriods } from './readRedPeriods';
import { rankCauses } from './rankCauses';
import { DatedDay, PeriodSum } from './PeriodSum';

const DAY_MS = 86_400_000;
const WEEK = 7;
/** Longest window that is shown by the day. */
const MOST_SINGLE_DAYS = 31;
const MOST_RED_PERIODS = 500;

/**
 * Trends of some entities from what is summed up by day.
 */
export class InsightsReader {
  readonly #database: CiMedicDatabase;
  readonly #config: InsightsConfig;

  constructor(options: { database: CiMedicDatabase; config: InsightsConfig }) {
    this.#database = options.database;
    this.#config = options.config;
  }

  /**
   * @param query.days - days of the window, which ends today
   */
  async read(query: {
    entityRefs: string[];
    days: number;
  }): Promise<Omit<Insights, 'owners' | 'systems'>> {
    const { entityRefs, days } = query;
    const now = await this.#database.now();
    const end = Math.floor(now / DAY_MS) + 1;
    const start = end - days;
    const { knex } = this.#database;
    const scope = { knex, entityRefs, since: (start - days) * DAY_MS };
    const [stored, red, causes, changes] = await Promise.all([
      this.#days(entityRefs, start - days),
      readRedPeriods({ ...scope, now }),
      readCauses(scope),
      readChanges({ knex, entityRefs, start: start * DAY_MS }),
    ]);
    const periods = red.map(period => ({
      ...period,
      category: categoryOf(causes, period.incidentId),
    }));
    const step = days <= MOST_SINGLE_DAYS ? 1 : WEEK;
    const empty = () => new PeriodSum({ causes, config: this.#config });
    const previous = empty();
    const sums = Array.from({ length: Math.ceil(days / step) }, empty);
    for (const { day, body } of stored) {
      // Steps count backwards: the first of the window may be a part of one.
      const sum = day < start ? previous : sums[stepsBefore(end, day, step)];
      sum?.add(body);
    }
    const whole = empty();
    sums.forEach(sum => whole.merge(sum));
    const current = startedWithin(periods, start, end);
    const byStep = sums.map<RedPeriod[]>(() => []);
    for (const period of current) {
      const day = Math.floor(Date.parse(period.startedAt) / DAY_MS);
      byStep[stepsBefore(end, day, step)].push(period);
    }
    const trend = sums.map<InsightPeriod>((sum, index) => {
      const to = end - index * step;
      const from = Math.max(to - step, start);
      return sum.describe({ from, to, periods: byStep[index] });
    });
    return {
      entityRefs,
      current: whole.describe({ from: start, to: end, periods: current }),
      previous: previous.describe({
        ...{ from: start - days, to: start },
        periods: startedWithin(periods, start - days, start),
      }),
      trend: trend.reverse(),
      recoveries: countRecoveries(current),
      causes: await rankCauses({
        ...{ causes, config: this.#config, knex: this.#database.knex },
        days: stored.filter(({ day }) => day >= start),
      }),
      changes,
      redPeriods: current.slice(0, MOST_RED_PERIODS),
      settings: settingsOf(this.#config),
      updatedAt: readTime(
        stored.reduce((most, { body }) => Math.max(most, body.storedAt), 0) ||
          undefined,
      ),
    };
  }

  async #days(entityRefs: string[], since: number): Promise<DatedDay[]> {
    const rows = await this.#database
      .knex('insight_days')
      .whereIn('entity_ref', entityRefs)
      .where('day', '>=', since)
      .select('entity_ref', 'day', 'body');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      day: row.day,
      body: readJson<InsightDay>(row.body)!,
    }));
  }
}

/** How many steps of so many days a day lies before the last one. */
function stepsBefore(end: number, day: number, step: number): number {
  return Math.floor((end - 1 - day) / step);
}

function categoryOf(
  causes: KnownCauses,
  incidentId: string | undefined,
): FailureCategory {
  return causes.get(incidentId ?? '')?.category ?? 'unknown';
}

function startedWithin(
  periods: RedPeriod[],
  from: number,
  to: number,
): RedPeriod[] {
  const first = new Date(from * DAY_MS).toISOString();
  const after = new Date(to * DAY_MS).toISOString();
  return periods.filter(
    ({ startedAt }) => startedAt >= first && startedAt < after,
  );
}

function countRecoveries(periods: RedPeriod[]): Insights['recoveries'] {
  const counts = { automatic: 0, person: 0, change: 0 };
  for (const { endedBy } of periods) {
    if (endedBy) {
      counts[endedBy]++;
    }
  }
  return counts;
}

function settingsOf(config: InsightsConfig): Insights['settings'] {
  const { prices: _, ...settings } = config;
  return settings;
}
