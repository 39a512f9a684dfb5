import { useApi } from '@backstage/frontend-plugin-api';
import { RunSummary } from '@ci-medic/plugin-ci-medic-common';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { Pages, usePages } from '../live';
import { HealthFilters } from './useHealthFilters';

const PAGE_SIZE = 20;

/**
 * The runs of an entity, newest first, a page at a time.
 */
export function useRunPages(
  entityRef: string,
  filters: HealthFilters,
): Pages<RunSummary> {
  const api = useApi(ciMedicApiRef);
  const { branch, pipeline, outcome } = filters;
  return usePages(
    useCallback(
      (cursor, signal) =>
        api.listRuns(
          { entityRef, branch, pipeline, outcome, cursor, limit: PAGE_SIZE },
          { signal },
        ),
      [api, entityRef, branch, pipeline, outcome],
    ),
  );
}
