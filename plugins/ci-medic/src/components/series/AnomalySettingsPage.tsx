import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable } from '../live';
import { ErrorState, LoadingState } from '../states';
import { AnomalySettingForm } from './AnomalySettingForm';
import { useSeriesPaths } from './useSeriesPaths';

/**
 * What people want to hear of each figure of an entity.
 */
export function AnomalySettingsPage() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getAnomalySettings({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={paths.overview} standalone>
        ← {t('series.links.back')}
      </Link>
      <Section title={t('series.settings.title')}>
        <Text as="p" color="secondary">
          {t('series.settings.reason')}
        </Text>
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value?.items.map(item => (
          <AnomalySettingForm
            key={item.metric}
            entityRef={entityRef}
            item={item}
            onSaved={refresh}
          />
        ))}
      </Section>
    </Flex>
  );
}
