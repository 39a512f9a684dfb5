import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex, Link } from '@backstage/ui';
import { useCallback } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable } from '../live';
import { ErrorState, LoadingState } from '../states';
import { AlertRules } from './AlertRules';

/**
 * Who would hear what of the next incident of the entity on this page, and why.
 */
export function AlertRulesPage() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const listPath = useResolvedPath('..').pathname;
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getAlertRoutes({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  return (
    <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
      <Link href={listPath} standalone>
        ← {t('incidents.detail.back')}
      </Link>
      <Section title={t('alerts.rules')}>
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value && <AlertRules rules={value} />}
      </Section>
    </Flex>
  );
}
