import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Insights } from '@ci-medic/plugin-ci-medic-common';
import { Container, Flex, Text } from '@backstage/ui';
import { Fragment, useCallback, useEffect, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { NameSelect, OptionSelect } from '../layout';
import { useRefreshable } from '../live';
import { StopBanner } from '../remediation';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { AbsoluteTime, RelativeTime } from '../time';
import { CauseTable } from './CauseTable';
import { ChangeTable } from './ChangeTable';
import { InsightFigures } from './InsightFigures';
import { LossTable } from './LossTable';
import { PeriodTable } from './PeriodTable';
import { RedPeriodTable } from './RedPeriodTable';
import { INSIGHT_DAYS, useInsightFilters } from './useInsightFilters';

/**
 * Trends over all services that the reader may see, narrowed by the filters in the address.
 */
export function InsightsContent() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [filters, setFilters] = useInsightFilters();
  const { days, owner, system } = filters;
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getInsights({ days, owner, system }, { signal }),
      [api, days, owner, system],
    ),
  );
  // The filters stay while figures for other ones are loaded.
  const [known, setKnown] = useState<Insights>();
  useEffect(() => {
    setKnown(before => value ?? before);
  }, [value]);
  const isEmpty = value && value.entityRefs.length === 0 && !owner && !system;
  return (
    <Container>
      <Flex direction="column" gap="5" my="4" style={{ minWidth: 0 }}>
        <StopBanner />
        <Flex gap="3" align="end" style={{ flexWrap: 'wrap' }} role="search">
          <NameSelect
            label={t('insights.filter.owner')}
            any={t('insights.filter.anyOwner')}
            names={known?.owners ?? []}
            value={owner}
            onChange={name => setFilters({ owner: name })}
          />
          <NameSelect
            label={t('insights.filter.system')}
            any={t('insights.filter.anySystem')}
            names={known?.systems ?? []}
            value={system}
            onChange={name => setFilters({ system: name })}
          />
          <OptionSelect
            label={t('insights.filter.days')}
            options={INSIGHT_DAYS.map(length => ({
              value: String(length),
              label: t('insights.filter.lastDays', { days: String(length) }),
            }))}
            value={String(days)}
            onChange={length => setFilters({ days: length })}
          />
        </Flex>
        {value && error && <StaleNotice error={error} onRetry={refresh} />}
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {isEmpty && (
          <EmptyState
            title={t('insights.empty.title')}
            description={t('insights.empty.reason')}
          />
        )}
        {value && !isEmpty && (
          <>
            <InsightsBasis insights={value} />
            <InsightFigures insights={value} days={days} />
            <PeriodTable insights={value} />
            <CauseTable insights={value} />
            <ChangeTable insights={value} />
            <LossTable insights={value} />
            <RedPeriodTable insights={value} />
          </>
        )}
      </Flex>
    </Container>
  );
}

function InsightsBasis(props: { insights: Insights }) {
  const { entityRefs, current, settings, updatedAt } = props.insights;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const basis = [
    t('insights.basis', { count: entityRefs.length }),
    t('insights.basisRuns', {
      count: current.runs,
      since: <AbsoluteTime key="since" at={current.from} dateOnly />,
    }),
    t('insights.basisMain', { branches: settings.mainBranches.join(', ') }),
    updatedAt &&
      t('insights.updated', {
        time: <RelativeTime key="time" at={updatedAt} />,
      }),
  ];
  return (
    <Text as="p" variant="body-medium" color="secondary">
      {basis.filter(Boolean).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          {part}
        </Fragment>
      ))}
    </Text>
  );
}
