import { NotFoundError } from '@backstage/errors';
import {
  Anomaly,
  AnomalySetting,
  AnomalySettings,
  Series,
  SeriesMetric,
  SeriesSubject,
  SeriesSummary,
  TestExecution,
  TestHistory,
  TestReliability,
} from '@ci-medic/plugin-ci-medic-common';

const HOUR_MS = 3_600_000;
const POINTS = 240;
const MOVED = 150;
const UNUSUAL = 90;
const start = Date.now() - POINTS * 6 * HOUR_MS;

const timeOf = (index: number) =>
  new Date(start + index * 6 * HOUR_MS).toISOString();
const noise = (index: number) =>
  Math.abs(Math.sin(index * 12.9898) * 43_758.5453) % 1;
const shaOf = (index: number) =>
  Math.floor(noise(index) * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
const endOf = (index: number) => ({
  at: timeOf(index),
  runId: `run-${index}`,
  runNumber: index,
  commitSha: shaOf(index),
});

const subjects: SeriesSubject[] = [
  { id: 'build', kind: 'job', pipeline: 'CI', job: 'build' },
  { id: 'ci', kind: 'pipeline', pipeline: 'CI' },
].map(subject => ({
  ...(subject as SeriesSubject),
  branchClass: 'main',
  ...(subject.kind === 'job' && { runnerClass: 'ubuntu-24.04' }),
}));

/** What is measured of an entity. */
export const demoSeriesList: SeriesSummary[] = subjects.map(subject => ({
  ...subject,
  lastAt: timeOf(POINTS),
  metrics: [
    { metric: 'duration', unit: 'seconds', points: POINTS, anomalies: 1 },
    { metric: 'failure', unit: 'share', points: POINTS, anomalies: 0 },
  ],
}));

/** A slow-down that lasts, and a single slow run long before. */
export const demoAnomalies: Anomaly[] = [
  {
    id: 'moved',
    subject: subjects[0],
    metric: 'duration',
    unit: 'seconds',
    kind: 'shift',
    stage: 'alert',
    direction: 'up',
    at: timeOf(MOVED + 12),
    began: endOf(MOVED),
    range: {
      first: endOf(MOVED - 1),
      last: endOf(MOVED + 1),
      probability: 0.99,
    },
    before: { value: 372, count: 50 },
    after: { value: 520, count: 12 },
    change: 0.4,
    sentence: `CI / build on main: duration: moved from 6m12s to 8m40s (+40 %, t=11.3, 50 runs before, 12 after) starting at run ${MOVED}; 99 % range ${
      MOVED - 1
    }-${MOVED + 1}; usual before: 5m50s-6m40s`,
    incidentId: 'incident-1',
  },
  {
    id: 'single',
    subject: subjects[0],
    metric: 'duration',
    unit: 'seconds',
    kind: 'spike',
    stage: 'alert',
    direction: 'up',
    at: timeOf(UNUSUAL),
    began: endOf(UNUSUAL),
    endedAt: timeOf(UNUSUAL),
    before: { value: 372, count: 89 },
    after: { value: 950, count: 1 },
    change: 1.55,
    sentence: `CI / build on main: duration: 15m50s at run ${UNUSUAL}, +155 % against 6m12s usual`,
    quiet: 'It is a single run',
  },
];

/** A series of one of {@link demoSeriesList}. */
export function demoSeries(subjectId: string, metric: SeriesMetric): Series {
  const isDuration = metric === 'duration';
  const valueOf = (index: number) => {
    if (!isDuration) {
      return noise(index) > 0.9 ? 1 : 0;
    }
    const level = index >= MOVED ? 520 : 372;
    return index === UNUSUAL ? 950 : level + 50 * (noise(index) - 0.5);
  };
  const usual = (from: number, to: number, middle: number) => ({
    ...{ from: timeOf(from), to: timeOf(to), middle },
    ...{ low: middle - 24, high: middle + 24 },
  });
  return {
    subject: subjects.find(({ id }) => id === subjectId) ?? subjects[0],
    metric,
    unit: isDuration ? 'seconds' : 'share',
    points: Array.from({ length: POINTS }, (_, index) => ({
      ...endOf(index),
      value: valueOf(index),
    })),
    omitted: 0,
    usual: isDuration
      ? [usual(0, MOVED - 1, 372), usual(MOVED, POINTS - 1, 520)]
      : [],
    anomalies: isDuration ? demoAnomalies : [],
  };
}

/** What holds where nobody says otherwise. */
export const demoSettings: AnomalySettings = {
  items: (['duration', 'queue', 'failure', 'log_size'] as const).map(
    metric => ({
      metric,
      mode: metric === 'log_size' ? 'quiet' : 'tell',
      leastChange: 0.1,
      certainty: 'normal',
      isDefault: true,
    }),
  ),
};

/** What a setting would have shown. */
export function demoPreview(setting: AnomalySetting) {
  const items =
    setting.metric === 'duration' && setting.mode !== 'off'
      ? demoAnomalies.filter(
          ({ change = 0 }) => Math.abs(change) >= setting.leastChange,
        )
      : [];
  const told = setting.mode === 'tell' ? Math.min(1, items.length) : 0;
  return {
    ...{ days: 90, series: 8, points: 1_920, shown: items.length, told },
    ...{ now: { shown: 2, told: 1 }, items },
  };
}

/** Tests that cannot be relied on. */
export const demoTests: TestReliability[] = [
  {
    id: 'checkout',
    ...{ pipeline: 'CI', job: 'unit', className: 'CheckoutTest' },
    name: 'checkout › keeps the cart when the payment times out',
    file: 'src/checkout/checkout.test.ts',
    verdict: 'flaky',
    flips: { value: 0.019, low: 0.007, high: 0.044, n: 212 },
    lastFlips: [1, 40, 77, 160].map(back => ({
      at: timeOf(POINTS - back),
      commitSha: shaOf(POINTS - back),
    })),
    correlations: [
      '4 on farm, self-hosted, of 61 commits there',
      '4 of 4 say “socket hang up”',
    ],
    costMinutes: 38.4,
    sentence:
      'passed and failed on the same commit 4 times in 212 commits (1.9 %, 95 % range 0.7 % to 4.4 %), last 6 hours ago on farm, self-hosted',
    lastAt: timeOf(POINTS - 1),
  },
  {
    id: 'price',
    ...{ pipeline: 'CI', job: 'unit', className: 'PriceTest' },
    name: 'price › rounds to cents',
    verdict: 'suspect',
    flips: { value: 0.006, low: 2.5e-7, high: 0.036, n: 45 },
    lastFlips: [{ at: timeOf(POINTS - 30), commitSha: shaOf(POINTS - 30) }],
    correlations: [],
    costMinutes: 4,
    sentence:
      'passed and failed on the same commit 1 time in 45 commits (0.6 %, 95 % range 0 % to 3.6 %), last 7 days ago',
    lastAt: timeOf(POINTS - 1),
  },
];

/** The history of one of {@link demoTests}. */
export function demoTestHistory(testId: string): TestHistory {
  const test = demoTests.find(({ id }) => id === testId);
  if (!test) {
    throw new NotFoundError(`There is no test ${testId}`);
  }
  const flips = new Set(test.lastFlips.map(({ commitSha }) => commitSha));
  const executions = Array.from({ length: 80 }, (_, back) => {
    const index = POINTS - back - 1;
    const run: TestExecution = {
      ...{ ...endOf(index), branch: 'main', attempt: 1 },
      ...{ runner: `farm-0${(index % 7) + 1}`, durationMs: 180 + index },
      ...{ outcome: 'passed', flaky: false },
    };
    return flips.has(run.commitSha)
      ? [
          { ...run, attempt: 2 },
          {
            ...run,
            outcome: 'failed' as const,
            message: 'Error: socket hang up',
          },
        ]
      : [run];
  }).flat();
  return { test, executions, total: 412, subjectIds: ['build'] };
}
