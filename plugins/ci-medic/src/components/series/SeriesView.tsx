import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Series } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Skeleton, Text } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { EmptyState } from '../states';
import { useLanguage } from '../time';
import { AnomalyList } from './AnomalyList';
import { ChartLegend } from './ChartLegend';
import { chartPoints } from './chartPoints';
import { formatSeriesValue } from './formatSeriesValue';
import { nameSubject } from './nameSubject';
import { SeriesTable } from './SeriesTable';

const SeriesChart = lazy(() => import('./SeriesChart'));

/**
 * A series as a chart, its anomalies, and the same in figures.
 */
export function SeriesView(props: { series: Series }) {
  const { series } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const label = useSeriesLabel(series);
  if (series.points.length === 0) {
    return <EmptyState title={t('series.page.noPoints')} />;
  }
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Flex direction="column" gap="2">
        <Suspense fallback={<Skeleton width="100%" height={320} />}>
          <SeriesChart series={series} label={label} />
        </Suspense>
        <ChartLegend series={series} />
        {series.omitted > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            {t('series.page.omitted', { count: series.omitted })}
          </Text>
        )}
      </Flex>
      <Section title={t('series.anomaly.listTitle')}>
        {series.anomalies.length > 0 ? (
          <AnomalyList anomalies={series.anomalies} />
        ) : (
          <Text as="p" color="secondary">
            {t('series.anomaly.empty')}
          </Text>
        )}
      </Section>
      <SeriesTable series={series} />
    </Flex>
  );
}

/** What the chart shows, in words. */
function useSeriesLabel(series: Series): string {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const points = chartPoints(series);
  if (points.length === 0) {
    return '';
  }
  const values = points.map(({ value }) => value).sort((a, b) => a - b);
  const format = (value: number) => formatSeriesValue(value, series, language);
  const day = (time: number) => new Date(time).toLocaleDateString(language);
  const changes = series.anomalies.filter(
    ({ kind, stage }) => kind !== 'spike' && stage !== 'note',
  ).length;
  return [
    t('series.chart.summary', {
      title: `${nameSubject(series.subject)}: ${t(
        `series.metric.${series.metric}`,
      )}`,
      total: String(points.length),
      from: day(points[0].time),
      to: day(points[points.length - 1].time),
      low: format(values[0]),
      middle: format(values[Math.floor(values.length / 2)]),
      high: format(values[values.length - 1]),
      last: format(points[points.length - 1].value),
    }),
    t('series.chart.changes', { count: changes }),
  ].join(' ');
}
