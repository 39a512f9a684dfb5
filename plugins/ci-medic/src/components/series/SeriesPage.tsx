import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { SeriesMetric, SeriesSummary } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Link, Select } from '@backstage/ui';
import { useCallback } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { SeriesBuildNotice } from './SeriesBuildNotice';
import { useSubjectName } from './useSubjectName';
import { SeriesView } from './SeriesView';
import { useSeriesPaths } from './useSeriesPaths';

const WINDOWS = [7, 30, 90, 365];
const DEFAULT_DAYS = 90;

/**
 * The series of an entity: one is chosen and shown.
 */
export function SeriesPage() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const list = useRefreshable(
    useCallback(
      signal => api.listSeries({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  const items = list.value?.items;
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={paths.overview} standalone>
        ← {t('series.links.back')}
      </Link>
      <SeriesBuildNotice entityRef={entityRef} />
      {!items && list.error && (
        <ErrorState error={list.error} onRetry={list.refresh} />
      )}
      {!items && !list.error && <LoadingState />}
      {items?.length === 0 && (
        <EmptyState
          title={t('series.page.none')}
          description={t('series.page.noneReason')}
        />
      )}
      {items && items.length > 0 && (
        <ChosenSeries entityRef={entityRef} items={items} />
      )}
    </Flex>
  );
}

function ChosenSeries(props: { entityRef: string; items: SeriesSummary[] }) {
  const { entityRef, items } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const navigate = useNavigate();
  const nameOf = useSubjectName();
  const params = useParams();
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get('days'));
  const days = WINDOWS.includes(asked) ? asked : DEFAULT_DAYS;
  const subject =
    items.find(({ id }) => id === params.subjectId) ?? mostUnusual(items);
  const known =
    subject.metrics.find(({ metric }) => metric === params.metric) ??
    [...subject.metrics].sort((a, b) => b.anomalies - a.anomalies)[0];
  const metric: SeriesMetric = known?.metric ?? 'duration';
  const series = useRefreshable(
    useCallback(
      signal =>
        api.getSeries(
          { entityRef, subjectId: subject.id, metric, days },
          { signal },
        ),
      [api, entityRef, subject.id, metric, days],
    ),
  );
  useUpdates({ channel: 'ci-medic:runs', onUpdate: series.refresh });
  const show = (subjectId: string, name: string) =>
    navigate(`${paths.seriesOf(subjectId, name)}?${search}`);
  const marked = (name: string, anomalies: number) =>
    anomalies > 0 ? `${name} (${anomalies})` : name;
  const { value, error, refresh } = series;
  return (
    <>
      <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }} role="search">
        <Select
          size="small"
          style={{ minWidth: 320 }}
          label={t('series.page.subject')}
          searchable={items.length > 10}
          options={items.map(item => ({
            value: item.id,
            label: marked(
              nameOf(item),
              item.metrics.reduce((sum, one) => sum + one.anomalies, 0),
            ),
          }))}
          value={subject.id}
          onChange={key => show(String(key), metric)}
        />
        <OptionSelect
          label={t('series.page.metric')}
          options={subject.metrics.map(one => ({
            value: one.metric,
            label: marked(t(`series.metric.${one.metric}`), one.anomalies),
          }))}
          value={metric}
          onChange={name => show(subject.id, name)}
        />
        <OptionSelect
          label={t('series.page.window')}
          options={WINDOWS.map(window => ({
            value: String(window),
            label: t('series.page.lastDays', { days: String(window) }),
          }))}
          value={String(days)}
          onChange={window => setSearch({ days: window }, { replace: true })}
        />
      </Flex>
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value && <SeriesView series={value} />}
    </>
  );
}

function mostUnusual(items: SeriesSummary[]): SeriesSummary {
  const count = (item: SeriesSummary) =>
    item.metrics.reduce((sum, { anomalies }) => sum + anomalies, 0);
  return items.reduce((best, item) =>
    count(item) > count(best) ? item : best,
  );
}
