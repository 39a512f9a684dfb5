import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { ErrorState } from '../states';
import { AnomalyList } from './AnomalyList';
import { useSeriesPaths } from './useSeriesPaths';

const SHOWN = 5;
const RECENT_DAYS = 3;
const DAY_MS = 86_400_000;

/**
 * What is unusual at this moment, confirmed changes first, and the ways to all series and tests.
 */
export function AnomalySection(props: { entityRef: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.listAnomalies({ entityRef, days: RECENT_DAYS }, { signal }),
      [api, entityRef],
    ),
  );
  useUpdates({ channel: 'ci-medic:runs', onUpdate: refresh });
  const since = new Date(Date.now() - RECENT_DAYS * DAY_MS).toISOString();
  const present = (value?.items ?? [])
    .filter(({ endedAt, at }) => !endedAt || at >= since)
    .sort(
      (left, right) =>
        Number(right.stage === 'alert' && !right.endedAt) -
        Number(left.stage === 'alert' && !left.endedAt),
    );
  return (
    <Section
      title={t('series.title')}
      actions={
        <Flex gap="4">
          <Link href={paths.series}>{t('series.links.series')}</Link>
          <Link href={paths.tests}>{t('series.links.tests')}</Link>
          <Link href={paths.settings}>{t('series.links.settings')}</Link>
        </Flex>
      }
    >
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {value && present.length === 0 && (
        <Text as="p" color="secondary">
          {value.isReadingHistory
            ? t('series.reading')
            : `${t('series.none')}. ${t('series.noneReason')}`}
        </Text>
      )}
      <AnomalyList anomalies={present.slice(0, SHOWN)} hasSeriesLink />
      {present.length > SHOWN && (
        <Text as="p" color="secondary">
          {t('series.more', { count: present.length - SHOWN })}
        </Text>
      )}
    </Section>
  );
}
