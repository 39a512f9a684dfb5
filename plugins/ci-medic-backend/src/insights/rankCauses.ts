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
  const playbooks = await playbooksOf(
    knex,
    ids.map(id => causes.get(id)!.fingerprint),
  );
  return ranked.map(([incidentId, sum]) => {
    const { state, category, subCategory, lastSeenAt, fingerprint } =
      causes.get(incidentId)!;
    const entityRefs = [...sum.entityRefs].sort();
    const minutes = minutesOf(sum);
    return {
      incidentId,
      title: titles.get(incidentId) ?? 'A failure',
      ...{ state, category, subCategory },
      entityRefs,
      owners: [],
      failures: sum.failures,
      ...minutes,
      cost:
        costOf(config, sum.runnerMs) +
        (minutes.developerMinutes / 60) * config.developerPricePerHour,
      lastSeenAt: readTime(lastSeenAt)!,
      playbookId: playbooks.get(`${entityRefs[0]} ${fingerprint}`),
    };
  });
}

/** Playbooks by the entity that needs them and what they are about. */
async function playbooksOf(knex: Knex, fingerprints: string[]) {
  const rows: { id: string; fingerprint: string; entity_ref: string }[] =
    await knex('playbooks')
      .join(
        'playbook_entities',
        'playbook_entities.playbook_id',
        'playbooks.id',
      )
      .whereIn('fingerprint', [...new Set(fingerprints)])
      .select('id', 'fingerprint', 'entity_ref');
  return new Map(
    rows.map(row => [`${row.entity_ref} ${row.fingerprint}`, row.id]),
  );
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
