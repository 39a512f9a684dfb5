/**
 * What the metrics endpoint tells. Names and labels are those of OpenTelemetry's conventions for CI/CD, in the form that
 * Prometheus has, where the conventions know the figure; the others begin with `ci_medic`. The dashboards are generated
 * from these, so that they cannot name what does not exist.
 *
 * @public
 */
export const metricDefinitions = {
  runDuration: {
    name: 'cicd_pipeline_run_duration_seconds',
    type: 'histogram',
    help: 'Time that attempts of runs spent waiting (pending) and running (executing)',
    labels: [
      'vcs_repository_name',
      'cicd_pipeline_name',
      'cicd_pipeline_result',
      'cicd_pipeline_run_state',
    ],
  },
  runErrors: {
    name: 'cicd_pipeline_run_errors_total',
    type: 'counter',
    help: 'Attempts of runs that did not succeed, without cancelled and skipped ones',
    labels: ['vcs_repository_name', 'cicd_pipeline_name', 'error_type'],
  },
  runActive: {
    name: 'cicd_pipeline_run_active',
    type: 'gauge',
    help: 'Runs that wait or run at this moment',
    labels: ['vcs_repository_name', 'cicd_pipeline_run_state'],
  },
  reruns: {
    name: 'ci_medic_pipeline_reruns_total',
    type: 'counter',
    help: 'Attempts after the first',
    labels: ['vcs_repository_name', 'cicd_pipeline_name'],
  },
  runnerSeconds: {
    name: 'ci_medic_pipeline_runner_seconds_total',
    type: 'counter',
    help: 'Time of runners, all jobs together',
    labels: ['vcs_repository_name', 'cicd_pipeline_name'],
  },
  cost: {
    name: 'ci_medic_pipeline_cost_total',
    type: 'counter',
    help: 'What runners cost, by the configured prices',
    labels: ['vcs_repository_name', 'cicd_pipeline_name'],
  },
  openIncidents: {
    name: 'ci_medic_incidents_open',
    type: 'gauge',
    help: 'Open incidents',
    labels: ['vcs_repository_name', 'ci_medic_incident_kind'],
  },
  openAnomalies: {
    name: 'ci_medic_anomalies_open',
    type: 'gauge',
    help: 'Confirmed anomalies that have not gone away',
    labels: ['vcs_repository_name'],
  },
  unreliableTests: {
    name: 'ci_medic_tests_unreliable',
    type: 'gauge',
    help: 'Test cases that are suspect, flaky or broken',
    labels: ['vcs_repository_name', 'ci_medic_test_verdict'],
  },
  summed: {
    name: 'ci_medic_metrics_summed_pipelines',
    type: 'gauge',
    help: 'Pipelines without series of their own: beyond the bound they are summed as "other"',
    labels: [],
  },
} as const;

/**
 * A figure of the metrics endpoint.
 *
 * @public
 */
export type MetricDefinition = {
  name: string;
  type: 'histogram' | 'counter' | 'gauge';
  help: string;
  labels: readonly string[];
};
