import {
  Insights,
  InsightPeriod,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function period(from: number, to: number, index: number): InsightPeriod {
  const runs = 40 + ((index * 17) % 30);
  const failed = 3 + ((index * 5) % 9);
  const medianMs = (1 + ((index * 7) % 5) / 2) * HOUR_MS;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...{ runs, failed },
    timeToGreen: {
      ...{ medianMs, n: 9 },
      lowMs: medianMs * 0.5,
      highMs: medianMs * 1.8,
      p90Ms: medianMs * 3,
    },
    deploymentRecovery:
      index % 3 === 0 ? undefined : { medianMs, p90Ms: medianMs * 2, n: 2 },
    successRate: wilsonInterval(runs - failed, runs),
    flakyRate: wilsonInterval(index % 4, runs * 3),
    queue: { medianMs: 22_000 + index * 1_000, p90Ms: 90_000, n: runs },
    runnerMinutes: runs * 12,
    losses: [
      {
        category: 'flaky_test',
        ...{ failures: failed, runnerMinutes: failed * 9 },
        ...{ developerMinutes: failed * 6, cost: failed * 0.07 },
      },
      {
        category: 'infrastructure',
        ...{ failures: 2, runnerMinutes: 31, developerMinutes: 12, cost: 0.25 },
      },
    ],
  };
}

/** Trends that look like those of a team with a flaky test. */
export function demoInsights(days: number, entityRefs: string[]): Insights {
  const end = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
  const step = days <= 31 ? 1 : 7;
  const trend: InsightPeriod[] = [];
  for (let back = days; back > 0; back -= step) {
    const from = end - back * DAY_MS;
    trend.push(period(from, from + step * DAY_MS, trend.length));
  }
  const at = (hours: number) =>
    new Date(Date.now() - hours * HOUR_MS).toISOString();
  return {
    entityRefs,
    owners: ['group:default/payments', 'group:default/shop'],
    systems: ['system:default/store'],
    current: period(end - days * DAY_MS, end, 3),
    previous: period(end - 2 * days * DAY_MS, end - days * DAY_MS, 4),
    trend,
    recoveries: { automatic: 5, person: 2, change: 11 },
    causes: [
      {
        incidentId: 'cart',
        title: 'Cart › adds an item: expected 1, received 2',
        ...{ state: 'open', category: 'flaky_test' },
        entityRefs,
        owners: ['group:default/shop'],
        ...{ failures: 14, runnerMinutes: 126, developerMinutes: 84 },
        ...{ cost: 1.01, lastSeenAt: at(3), playbookId: 'cart' },
      },
    ],
    changes: [
      {
        ...{ id: 'moved', entityRefs },
        ...{ subjectId: 'build', metric: 'duration' as const },
        sentence:
          'CI / build on main: duration: moved from 6m12s to 8m40s (+40 %)',
        ...{ beganAt: at(190), runs: 120, runnerMinutes: 296 },
      },
    ],
    redPeriods: [
      {
        ...{ id: '1', kind: 'main', pipeline: 'CI', branch: 'main' },
        entityRefs,
        ...{ startedAt: at(30), endedAt: at(28), durationMs: 2 * HOUR_MS },
        ...{ firstRunId: '1', lastRunId: '2', incidentId: 'cart' },
        ...{ category: 'flaky_test', endedBy: 'automatic' },
      },
      {
        ...{ id: '2', kind: 'deployment', pipeline: 'Deploy' },
        entityRefs,
        ...{ startedAt: at(2), durationMs: 2 * HOUR_MS, firstRunId: '3' },
        category: 'unknown',
      },
    ],
    settings: {
      ...{ currency: 'USD', developerPricePerHour: 0 },
      runnerPrices: [{ label: '*', perMinute: 0.008 }],
      developerMinutesPerFailure: 6,
      mainBranches: ['main', 'master', 'trunk'],
      deploymentNames: ['deploy', 'release', 'rollout'],
    },
    updatedAt: at(0.1),
  };
}
