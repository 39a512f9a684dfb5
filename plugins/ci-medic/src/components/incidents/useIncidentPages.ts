import { useApi } from '@backstage/frontend-plugin-api';
import { Incident } from '@ci-medic/plugin-ci-medic-common';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { Pages, usePages } from '../live';
import { IncidentFilters } from './useIncidentFilters';

const PAGE_SIZE = 20;

/**
 * The list of incidents, a page at a time.
 */
export function useIncidentPages(
  entityRef: string,
  filters: IncidentFilters,
): Pages<Incident> {
  const api = useApi(ciMedicApiRef);
  return usePages(
    useCallback(
      (cursor, signal) => {
        const { state, ...rest } = filters;
        return api.listIncidents(
          {
            entityRef,
            ...rest,
            state: state === 'all' ? undefined : state,
            cursor,
            limit: PAGE_SIZE,
          },
          { signal },
        );
      },
      [api, entityRef, filters],
    ),
  );
}
