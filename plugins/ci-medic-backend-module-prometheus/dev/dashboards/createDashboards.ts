import {
  Dashboard,
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as ChartBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { Panel, panels, repositories } from './panels';

const datasource = { type: 'prometheus', uid: '$' + '{datasource}' };

/**
 * The dashboards of `examples/grafana`, by file name. All of their queries are made from the metrics' definitions.
 */
export function createDashboards(): Record<string, Dashboard> {
  const dashboard = new DashboardBuilder('CI Medic')
    .uid('ci-medic')
    .tags(['ci-medic'])
    .description('Pipelines, runners, incidents, anomalies and tests')
    .time({ from: 'now-7d', to: 'now' })
    .refresh('1m')
    .withVariable(
      new DatasourceVariableBuilder('datasource')
        .label('Prometheus')
        .type('prometheus'),
    )
    .withVariable(
      new QueryVariableBuilder('repository')
        .label('Repository')
        .datasource(datasource)
        .query(repositories)
        .refresh(VariableRefresh.OnTimeRangeChanged)
        .includeAll(true)
        .allValue('.*')
        .multi(true),
    );
  for (const panel of panels) {
    dashboard.withPanel(build(panel));
  }
  return { 'ci-medic.json': dashboard.build() };
}

function build(panel: Panel): ChartBuilder | StatBuilder {
  const { title, description, unit, queries } = panel;
  const isStat = panel.kind === 'stat';
  const builder = isStat ? new StatBuilder() : new ChartBuilder();
  builder
    .title(title)
    .description(description)
    .datasource(datasource)
    .unit(unit)
    .span(isStat ? 6 : 12)
    .height(isStat ? 5 : 8);
  for (const { expression, legend } of queries) {
    builder.withTarget(
      new DataqueryBuilder().expr(expression).legendFormat(legend),
    );
  }
  return builder;
}
