import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Flex } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { PlaybookCard } from './PlaybookCard';

/**
 * Playbooks of the entity on this page: those needed often and lately first.
 */
export function PlaybookList() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.listPlaybooks({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  useUpdates({ channel: 'ci-medic:playbooks', onUpdate: refresh });
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value?.items.length === 0 && (
        <EmptyState
          title={t('playbooks.none.title')}
          description={t('playbooks.none.reason')}
        />
      )}
      {value?.items.map(playbook => (
        <PlaybookCard key={playbook.id} playbook={playbook} />
      ))}
    </Flex>
  );
}
