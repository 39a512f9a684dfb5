import {
  MetricDefinition,
  metricDefinitions,
} from '@ci-medic/plugin-ci-medic-common';

/** A panel of a dashboard. */
export type Panel = {
  kind: 'stat' | 'chart';
  title: string;
  description: string;
  unit: string;
  queries: { expression: string; legend: string }[];
};

const REPOSITORY = 'vcs_repository_name';
const PIPELINE = 'cicd_pipeline_name';
const RANGE = '[$__range]';
const RATE = '[$__rate_interval]';
const legend = `{{${REPOSITORY}}} {{${PIPELINE}}}`;
const executing = { cicd_pipeline_run_state: 'executing' };
const pending = { cicd_pipeline_run_state: 'pending' };
const { runDuration, runErrors } = metricDefinitions;

/** Chooses what the variable of the dashboard says, and values of other labels of the metric. */
function select(
  definition: MetricDefinition,
  labels: Record<string, string> = {},
  suffix = '',
): string {
  const unknown = Object.keys(labels).filter(
    label => !definition.labels.includes(label),
  );
  if (unknown.length > 0) {
    throw new Error(`${definition.name} has no label ${unknown}`);
  }
  const matchers = [
    ...(definition.labels.includes(REPOSITORY)
      ? [`${REPOSITORY}=~"$repository"`]
      : []),
    ...Object.entries(labels).map(([label, value]) => `${label}="${value}"`),
  ];
  const chosen = matchers.length > 0 ? `{${matchers.join(', ')}}` : '';
  return `${definition.name}${suffix}${chosen}`;
}

function quantile(share: number, labels: Record<string, string>): string {
  const buckets = select(runDuration, labels, '_bucket');
  return `histogram_quantile(${share}, sum by (${REPOSITORY}, le) (rate(${buckets}${RATE})))`;
}

function increase(selected: string): string {
  return `sum(increase(${selected}${RANGE}))`;
}

function hourly(definition: MetricDefinition, ...by: string[]): string {
  const rate = `rate(${select(definition)}${RATE})`;
  return `sum by (${by.join(', ')}) (${rate}) * 3600`;
}

const succeeded = increase(
  select(
    runDuration,
    { ...executing, cicd_pipeline_result: 'success' },
    '_count',
  ),
);
const failed = `(${increase(select(runErrors))} or vector(0))`;

/** For the variable of the dashboard: names of repositories. */
export const repositories = `label_values(${runDuration.name}_count, ${REPOSITORY})`;

/** All panels, in order. */
export const panels: Panel[] = [
  {
    kind: 'stat',
    title: 'Success rate',
    description: 'Of the attempts that succeeded or failed in this time.',
    unit: 'percentunit',
    queries: [
      {
        expression: `${succeeded} / (${succeeded} + ${failed})`,
        legend: 'Success rate',
      },
    ],
  },
  {
    kind: 'stat',
    title: 'Open incidents',
    description: 'At this moment.',
    unit: 'short',
    queries: [
      {
        expression: `sum(${select(
          metricDefinitions.openIncidents,
        )}) or vector(0)`,
        legend: 'Incidents',
      },
    ],
  },
  {
    kind: 'stat',
    title: 'Open anomalies',
    description: 'Confirmed ones that have not gone away.',
    unit: 'short',
    queries: [
      {
        expression: `sum(${select(
          metricDefinitions.openAnomalies,
        )}) or vector(0)`,
        legend: 'Anomalies',
      },
    ],
  },
  {
    kind: 'stat',
    title: 'Runner hours',
    description: 'In this time, all jobs together.',
    unit: 'h',
    queries: [
      {
        expression: `${increase(
          select(metricDefinitions.runnerSeconds),
        )} / 3600`,
        legend: 'Hours',
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Duration of runs, 90th percentile',
    description: 'Of attempts, whatever came of them.',
    unit: 's',
    queries: [
      { expression: quantile(0.9, executing), legend: `{{${REPOSITORY}}}` },
    ],
  },
  {
    kind: 'chart',
    title: 'Waiting for runners, 90th percentile',
    description: 'Until the first job began.',
    unit: 's',
    queries: [
      { expression: quantile(0.9, pending), legend: `{{${REPOSITORY}}}` },
    ],
  },
  {
    kind: 'chart',
    title: 'Failures',
    description: 'Attempts that did not succeed, an hour.',
    unit: 'short',
    queries: [
      {
        expression: hourly(runErrors, REPOSITORY, PIPELINE, 'error_type'),
        legend: `${legend} {{error_type}}`,
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Reruns',
    description: 'Attempts after the first, an hour.',
    unit: 'short',
    queries: [
      {
        expression: hourly(metricDefinitions.reruns, REPOSITORY, PIPELINE),
        legend,
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Runs at this moment',
    description: 'Waiting and running.',
    unit: 'short',
    queries: [
      {
        expression: `sum by (cicd_pipeline_run_state) (${select(
          metricDefinitions.runActive,
        )})`,
        legend: '{{cicd_pipeline_run_state}}',
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Tests that cannot be relied on',
    description: 'Suspect, flaky and broken ones.',
    unit: 'short',
    queries: [
      {
        expression: `sum by (ci_medic_test_verdict) (${select(
          metricDefinitions.unreliableTests,
        )})`,
        legend: '{{ci_medic_test_verdict}}',
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Cost',
    description: 'An hour, by the configured prices of runners.',
    unit: 'short',
    queries: [
      {
        expression: hourly(metricDefinitions.cost, REPOSITORY),
        legend: `{{${REPOSITORY}}}`,
      },
    ],
  },
  {
    kind: 'chart',
    title: 'Pipelines without series of their own',
    description: 'Beyond the bound on time series they are summed as "other".',
    unit: 'short',
    queries: [
      { expression: select(metricDefinitions.summed), legend: 'Pipelines' },
    ],
  },
];
