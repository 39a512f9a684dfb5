import { CostlyCause } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readTime } from '../database';
import { addTo } from './InsightDay';
import { costOf, InsightsConfig } from './InsightsConfig';
import { KnownCauses } from './readCauses';
import { DatedDay, sumOf } from './PeriodSum';

const MOST_CAUSES = 50;

type Sum = {
  failures: number;
  looks: number;
  runnerMs: Record<string, number>;
  entityRefs: Set<string>;
};

/**
 * Causes by the minutes that they cost runners and people, most first. Owners and playbooks are those of the present.
 */
export async function rankCauses(options: {
  knex: Knex;
  days: DatedDay[];
  causes: KnownCauses;
  config: InsightsConfig;
}): Promise<CostlyCause[]> {
  const { knex, days, causes, config } = options;
  const sums = new Map<string, Sum>();
  for (const { entityRef, body } of days) {
    for (const [incidentId, lost] of Object.entries(body.causes)) {
      if (!causes.has(incidentId)) {
        continue;
      }
      const sum = sums.get(incidentId) ?? {
        ...{ failures: 0, looks: 0, runnerMs: {} },
        entityRefs: new Set(),
      };
      sums.set(incidentId, sum);
      sum.failures += lost.failures;
      sum.looks += lost.looks;
      sum.entityRefs.add(entityRef);
      for (const [name, ms] of Object.entries(lost.runnerMs)) {
        addTo(sum.runnerMs, name, ms);
      }
    }
  }
  const minutesOf = ({ looks, runnerMs }: Sum) => ({
    runnerMinutes: sumOf(runnerMs) / 60_000,
    developerMinutes: looks * config.developerMinutesPerFailure,
  });
  const total = (sum: Sum) => {
    const { runnerMinutes, developerMinutes } = minutesOf(sum);
    return runnerMinutes + developerMinutes;
  };
  const ranked = [...sums]
    .sort(([, left], [, right]) => total(right) - total(left))
    .slice(0, MOST_CAUSES);
  const ids = ranked.map(([id]) => id);
  const titles = await titlesOf(knex, ids);
  return ranked.map(([incidentId, sum]) => {
    const { state, category, subCategory, lastSeenAt } =
      causes.get(incidentId)!;
    const minutes = minutesOf(sum);
    return {
      incidentId,
      title: titles.get(incidentId) ?? 'A failure',
      ...{ state, category, subCategory },
      entityRefs: [...sum.entityRefs].sort(),
      owners: [],
      failures: sum.failures,
      ...minutes,
      cost:
        costOf(config, sum.runnerMs) +
        (minutes.developerMinutes / 60) * config.developerPricePerHour,
      lastSeenAt: readTime(lastSeenAt)!,
    };
  });
}

async function titlesOf(knex: Knex, ids: string[]) {
  const rows: { incident_id: string; title: string }[] = await knex(
    'incident_occurrences',
  )
    .whereIn('incident_id', ids)
    .orderBy('at')
    .select('incident_id', 'title');
  return new Map(rows.map(row => [row.incident_id, row.title]));
}
