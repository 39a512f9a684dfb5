import {
  Backfill,
  DurationStatistic,
  Health,
  HealthPeriod,
  RunSummary,
  Share,
} from '@ci-medic/plugin-ci-medic-common';

const DAY_MS = 24 * 3_600_000;

/** Wilson's 95 % interval. */
function shareOf(successes: number, n: number): Share | undefined {
  if (n === 0) {
    return undefined;
  }
  const z = 1.96;
  const value = successes / n;
  const centre = (value + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half =
    (z / (1 + (z * z) / n)) *
    Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  return {
    value,
    low: Math.max(0, centre - half),
    high: Math.min(1, centre + half),
    n,
  };
}

function statisticOf(durations: number[]): DurationStatistic | undefined {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return sorted.length > 0
    ? { medianMs: at(0.5), p90Ms: at(0.9), n: sorted.length }
    : undefined;
}

function periodOf(runs: RunSummary[], from: number, to: number): HealthPeriod {
  const counted = runs.filter(run => {
    const at = Date.parse(run.createdAt);
    return (
      at >= from &&
      at < to &&
      (run.conclusion === 'success' || run.conclusion === 'failure')
    );
  });
  const failed = counted.filter(run => run.conclusion === 'failure').length;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    runs: counted.length,
    failed,
    successRate: shareOf(counted.length - failed, counted.length),
    duration: statisticOf(counted.flatMap(run => run.durationMs ?? [])),
    queue: statisticOf(counted.flatMap(run => run.queueMs ?? [])),
  };
}

/** The figures of some runs. */
export function demoHealth(options: {
  entityRef: string;
  runs: RunSummary[];
  all: RunSummary[];
  days: number;
  backfill?: Backfill;
}): Health {
  const { entityRef, runs, all, days, backfill } = options;
  const now = Date.now();
  const begin = now - days * DAY_MS;
  const names = new Map(all.map(run => [run.pipeline.id, run.pipeline]));
  return {
    entityRef,
    project: { provider: 'github', host: 'github.com', slug: 'acme/shop' },
    current: periodOf(runs, begin, now),
    previous: periodOf(runs, begin - days * DAY_MS, begin),
    days: Array.from({ length: days }, (_, day) =>
      periodOf(runs, begin + day * DAY_MS, begin + (day + 1) * DAY_MS),
    ),
    pipelines: [...names.values()],
    branches: [...new Set(all.flatMap(run => run.branch ?? []))],
    openIncidents: all.length > 0 ? 2 : 0,
    backfill,
    updatedAt: all[0]?.createdAt,
  };
}
