import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Health } from '@ci-medic/plugin-ci-medic-common';
import { Flex } from '@backstage/ui';
import { DateTime } from 'luxon';
import { useCallback, useEffect, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable, useUpdates } from '../live';
import { AnomalySection } from '../series';
import { ErrorState, LoadingState, StaleNotice } from '../states';
import { BackfillPanel } from './BackfillPanel';
import { HealthFigures } from './HealthFigures';
import { HealthFilterBar } from './HealthFilterBar';
import { RunSection } from './RunSection';
import { useHealthFilters } from './useHealthFilters';
import { useRunPages } from './useRunPages';

/** Errors that the list of runs would only repeat. */
const WHOLE_PAGE_ERRORS = ['NotAllowedError', 'InputError', 'NotFoundError'];

/**
 * How the pipelines of the entity on this page do, and their runs.
 */
export function HealthOverview() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [filters, setFilters] = useHealthFilters();
  const { days, branch, pipeline } = filters;
  // Days begin where the reader is.
  const timeZone = DateTime.local().zoneName ?? undefined;
  const health = useRefreshable(
    useCallback(
      signal =>
        api.getHealth(
          { entityRef, days, branch, pipeline, timeZone },
          { signal },
        ),
      [api, entityRef, days, branch, pipeline, timeZone],
    ),
  );
  const pages = useRunPages(entityRef, filters);
  const refresh = () => {
    health.refresh();
    pages.refresh();
  };
  useUpdates({ channel: 'ci-medic:runs', onUpdate: refresh });

  // The filters stay while figures for other ones are loaded.
  const [known, setKnown] = useState<Health>();
  useEffect(() => {
    setKnown(before => health.value ?? before);
  }, [health.value]);

  const { value, error } = health;
  const reading = value?.backfill?.state ?? 'done';
  const isReading = ['queued', 'running', 'waiting'].includes(reading);
  const needsLook = isReading || reading === 'failed';
  const isRepeated =
    !value &&
    error &&
    (WHOLE_PAGE_ERRORS.includes(error.name) ||
      (!pages.value && pages.error?.message === error.message));
  const backfill = value && (
    <BackfillPanel
      entityRef={entityRef}
      backfill={value.backfill}
      onChange={refresh}
    />
  );
  return (
    <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
      <HealthFilterBar
        filters={filters}
        branches={known?.branches ?? []}
        pipelines={[...new Set(known?.pipelines.map(({ name }) => name) ?? [])]}
        onChange={setFilters}
      />
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {!value && error && (
        <ErrorState
          error={error}
          refusedTitle={branch || pipeline ? undefined : t('health.malformed')}
          onRetry={refresh}
        />
      )}
      {!value && !error && <LoadingState />}
      {needsLook && backfill}
      {value && <HealthFigures health={value} days={days} />}
      {value && <AnomalySection entityRef={entityRef} />}
      {!isRepeated && (
        <RunSection
          pages={pages}
          filters={filters}
          isReading={isReading}
          onChange={setFilters}
        />
      )}
      {!needsLook && backfill}
    </Flex>
  );
}
