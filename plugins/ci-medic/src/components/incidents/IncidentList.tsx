import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { DiagnosisAccuracy } from '../diagnosis';
import { ErrorState, LoadingState } from '../states';
import { IncidentFilterBar } from './IncidentFilterBar';
import { IncidentTable } from './IncidentTable';
import { NoIncidents } from './NoIncidents';
import { useIncidentFilters } from './useIncidentFilters';
import { useIncidentPages } from './useIncidentPages';
import { useRefreshable, useUpdates } from '../live';

/** The longest window that figures are kept for. */
const WATCHED_DAYS = 90;

/**
 * The incidents of the entity on this page, narrowed by the filters in the address.
 */
export function IncidentList() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [filters, setFilters] = useIncidentFilters();
  const pages = useIncidentPages(entityRef, filters);
  const alertsPath = useResolvedPath('alerts').pathname;
  // Only offers filters and says what was watched: without it the list is still of use, so its error is not shown.
  const { value: health } = useRefreshable(
    useCallback(
      signal => api.getHealth({ entityRef, days: WATCHED_DAYS }, { signal }),
      [api, entityRef],
    ),
  );
  useUpdates({ channel: 'ci-medic:incidents', onUpdate: pages.refresh });

  const { value: page, error, refresh } = pages;
  return (
    <Flex direction="column" gap="4">
      <IncidentFilterBar
        filters={filters}
        branches={health?.branches ?? []}
        pipelines={health?.pipelines.map(({ name }) => name) ?? []}
        onChange={setFilters}
      />
      {!page && !error && <LoadingState />}
      {!page && error && <ErrorState error={error} onRetry={refresh} />}
      {page && error && (
        <Alert
          status="warning"
          icon
          title={t('incidents.stale', { message: error.message })}
          customActions={
            <Button size="small" variant="secondary" onPress={refresh}>
              {t('incidents.retry')}
            </Button>
          }
        />
      )}
      {page?.items.length === 0 && (
        <NoIncidents filters={filters} health={health} onChange={setFilters} />
      )}
      {page && page.items.length > 0 && (
        <IncidentTable incidents={page.items} />
      )}
      {(pages.showNext || pages.showPrevious) && (
        <Flex gap="3" align="center">
          <Button
            size="small"
            variant="secondary"
            isDisabled={!pages.showPrevious}
            onPress={pages.showPrevious}
          >
            {t('incidents.previousPage')}
          </Button>
          <Text variant="body-small" role="status">
            {page?.totalItems === undefined
              ? t('incidents.page', { page: String(pages.pageNumber) })
              : t('incidents.pageOf', {
                  page: String(pages.pageNumber),
                  count: page.totalItems,
                })}
          </Text>
          <Button
            size="small"
            variant="secondary"
            isDisabled={!pages.showNext}
            onPress={pages.showNext}
          >
            {t('incidents.nextPage')}
          </Button>
        </Flex>
      )}
      <DiagnosisAccuracy />
      <Link href={alertsPath} standalone>
        {t('alerts.rulesLink')}
      </Link>
    </Flex>
  );
}
