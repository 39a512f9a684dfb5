import {
  MetricDefinition,
  metricDefinitions,
} from '@ci-medic/plugin-ci-medic-common';
import { Metric, Registry } from 'prom-client';
import { bounds, Distribution, emptyDistribution, merge } from './Distribution';
import { RunCounter, RunCounters } from './RunCounters';
import { StateCount, StateCounts } from './StateCounts';

type Sample = {
  value: number;
  labels: Record<string, string>;
  metricName?: string;
};

/** More time series than this are never told. */
const MOST_SERIES = 2_000;
/** Stands for all repositories and pipelines that are summed. */
const OTHER = 'other';
/** A histogram has its buckets, the infinite one, sum and count; twice, for waiting and running. */
const SERIES_OF_COUNTER = 2 * (bounds.length + 3) + 4;
/** Gauges have one series for each repository and state. */
const MOST_GAUGES = 100;
const OF_COUNTERS = MOST_SERIES - 4 * (MOST_GAUGES + 10) - 1;
/** How many counters have series of their own; who came first keeps them, or the sums would jump. */
const MOST_COUNTERS = Math.floor(OF_COUNTERS / SERIES_OF_COUNTER) - 6;

const { runDuration } = metricDefinitions;

/**
 * Tells all figures in the text format of Prometheus. What is beyond the bound on time series is summed as "other".
 */
export class MetricsExporter {
  readonly #counters: RunCounters;
  readonly #states: StateCounts;

  constructor(options: { counters: RunCounters; states: StateCounts }) {
    this.#counters = options.counters;
    this.#states = options.states;
  }

  async export(): Promise<{ contentType: string; text: string }> {
    const registry = new Registry();
    const counters = await this.#counters.list();
    const own = counters.slice(0, MOST_COUNTERS);
    const rest = counters.slice(MOST_COUNTERS);
    this.#addCounters(registry, [...own, ...sumByResult(rest)]);
    add(registry, metricDefinitions.summed, [
      { labels: {}, value: pipelinesOf(rest) },
    ]);
    const gauges = [
      [metricDefinitions.runActive, await this.#states.activeRuns()],
      [metricDefinitions.openIncidents, await this.#states.openIncidents()],
      [metricDefinitions.openAnomalies, await this.#states.openAnomalies()],
      [metricDefinitions.unreliableTests, await this.#states.unreliableTests()],
    ] as const;
    for (const [definition, counts] of gauges) {
      add(registry, definition, gaugeOf(definition, counts));
    }
    return {
      contentType: registry.contentType,
      text: await registry.metrics(),
    };
  }

  #addCounters(registry: Registry, counters: RunCounter[]) {
    const named = (counter: RunCounter) => ({
      vcs_repository_name: counter.repository,
      cicd_pipeline_name: counter.pipeline,
    });
    add(
      registry,
      runDuration,
      counters.flatMap(counter => {
        const labels = {
          ...named(counter),
          cicd_pipeline_result: counter.result,
        };
        return [
          ...histogram(counter.queues, {
            ...labels,
            cicd_pipeline_run_state: 'pending',
          }),
          ...histogram(counter.durations, {
            ...labels,
            cicd_pipeline_run_state: 'executing',
          }),
        ];
      }),
    );
    add(
      registry,
      metricDefinitions.runErrors,
      counters
        .filter(({ result }) =>
          ['failure', 'timeout', 'error'].includes(result),
        )
        .map(counter => ({
          labels: { ...named(counter), error_type: counter.result },
          value: counter.attempts,
        })),
    );
    const totals = [
      [metricDefinitions.reruns, 'reruns'],
      [metricDefinitions.runnerSeconds, 'runnerSeconds'],
      [metricDefinitions.cost, 'cost'],
    ] as const;
    for (const [definition, key] of totals) {
      const sums = new Map<string, Sample>();
      for (const counter of counters) {
        const name = `${counter.repository}\n${counter.pipeline}`;
        const sample = sums.get(name) ?? { labels: named(counter), value: 0 };
        sample.value += counter[key];
        sums.set(name, sample);
      }
      add(registry, definition, [...sums.values()]);
    }
  }
}

function add(
  registry: Registry,
  { name, help, type }: MetricDefinition,
  values: Sample[],
) {
  const metric = { name, help, type, aggregator: 'sum' };
  // The library's own metrics count in this process; ours were counted in the database.
  registry.registerMetric({
    ...metric,
    get: async () => ({ ...metric, values }),
  } as unknown as Metric);
}

function histogram(
  { sum, counts }: Distribution,
  labels: Record<string, string>,
): Sample[] {
  const { name } = runDuration;
  let below = 0;
  const buckets = [...bounds.map(String), '+Inf'].map((le, index) => {
    below += counts[index];
    return {
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value: below,
    };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: below },
  ];
}

function gaugeOf(
  { labels: [repository, by] }: MetricDefinition,
  counts: StateCount[],
): Sample[] {
  const sorted = [...counts].sort((left, right) => right.count - left.count);
  const sums = new Map<string, Sample>();
  sorted.forEach((one, index) => {
    const name = index < MOST_GAUGES ? one.repository : OTHER;
    const key = `${name}\n${one.by}`;
    const sample = sums.get(key) ?? {
      labels: { [repository]: name, ...(by && { [by]: one.by }) },
      value: 0,
    };
    sample.value += one.count;
    sums.set(key, sample);
  });
  return [...sums.values()];
}

function sumByResult(counters: RunCounter[]): RunCounter[] {
  const sums = new Map<string, RunCounter>();
  for (const counter of counters) {
    const sum = sums.get(counter.result) ?? {
      ...counter,
      repository: OTHER,
      pipeline: OTHER,
      ...{ attempts: 0, reruns: 0, runnerSeconds: 0, cost: 0 },
      durations: emptyDistribution(),
      queues: emptyDistribution(),
    };
    sum.attempts += counter.attempts;
    sum.reruns += counter.reruns;
    sum.runnerSeconds += counter.runnerSeconds;
    sum.cost += counter.cost;
    merge(sum.durations, counter.durations);
    merge(sum.queues, counter.queues);
    sums.set(counter.result, sum);
  }
  return [...sums.values()];
}

function pipelinesOf(counters: RunCounter[]): number {
  return new Set(counters.map(one => `${one.repository}\n${one.pipeline}`))
    .size;
}
