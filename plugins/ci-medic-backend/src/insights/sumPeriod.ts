import {
  DurationInsight,
  FailureCategory,
  failureCategorySchema,
  InsightPeriod,
  Loss,
  RedPeriod,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { describeDurations } from './describeDurations';
import { DurationSketch } from './DurationSketch';
import { InsightDay } from './InsightDay';
import { costOf, InsightsConfig } from './InsightsConfig';
import { KnownCauses } from './readCauses';

const DAY_MS = 86_400_000;

/** A stored day of an entity. */
export type DatedDay = { entityRef: string; day: number; body: InsightDay };

/** Adds up some days. */
export function sumPeriod(options: {
  from: number;
  to: number;
  days: DatedDay[];
  periods: RedPeriod[];
  causes: KnownCauses;
  config: InsightsConfig;
}): InsightPeriod {
  const { from, to, days, periods, causes, config } = options;
  const queue = new DurationSketch();
  const losses = new Map<FailureCategory, Loss>();
  let [runs, failed, verdicts, flips, runnerMs] = [0, 0, 0, 0, 0];
  for (const { body } of days) {
    runs += body.runs;
    failed += body.failed;
    verdicts += body.verdicts;
    flips += body.flips;
    runnerMs += sumOf(body.runnerMs);
    queue.merge(body.queue);
    for (const [incidentId, lost] of Object.entries(body.causes)) {
      const category = causes.get(incidentId)?.category ?? 'unknown';
      const loss = losses.get(category) ?? emptyLoss(category);
      const minutes = lost.looks * config.developerMinutesPerFailure;
      losses.set(category, {
        category,
        failures: loss.failures + lost.failures,
        runnerMinutes: loss.runnerMinutes + sumOf(lost.runnerMs) / 60_000,
        developerMinutes: loss.developerMinutes + minutes,
        cost:
          loss.cost +
          costOf(config, lost.runnerMs) +
          (minutes / 60) * config.developerPricePerHour,
      });
    }
  }
  const ended = (kind: RedPeriod['kind']): DurationInsight | undefined =>
    describeDurations(
      periods
        .filter(period => period.kind === kind && period.endedAt)
        .map(({ durationMs }) => durationMs),
    );
  return {
    from: new Date(from * DAY_MS).toISOString(),
    to: new Date(to * DAY_MS).toISOString(),
    ...{ runs, failed },
    timeToGreen: ended('main'),
    deploymentRecovery: ended('deployment'),
    successRate: runs > 0 ? wilsonInterval(runs - failed, runs) : undefined,
    flakyRate: verdicts > 0 ? wilsonInterval(flips, verdicts) : undefined,
    queue: queue.describe(),
    runnerMinutes: runnerMs / 60_000,
    losses: failureCategorySchema.options.flatMap(
      category => losses.get(category) ?? [],
    ),
  };
}

function emptyLoss(category: FailureCategory): Loss {
  return {
    category,
    ...{ failures: 0, runnerMinutes: 0, developerMinutes: 0, cost: 0 },
  };
}

/** Sum over all names. */
export function sumOf(sums: Record<string, number>): number {
  return Object.values(sums).reduce((sum, value) => sum + value, 0);
}
