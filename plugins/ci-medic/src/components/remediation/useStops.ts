import { useApi } from '@backstage/frontend-plugin-api';
import { RemediationStops } from '@ci-medic/plugin-ci-medic-common';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { Refreshable, useRefreshable, useUpdates } from '../live';

/**
 * Kill switches that are on, kept up to date.
 */
export function useStops(): Refreshable<RemediationStops> {
  const api = useApi(ciMedicApiRef);
  const stops = useRefreshable(
    useCallback(
      async (signal: AbortSignal) => api.listStops({ signal }),
      [api],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: 'stops',
    onUpdate: stops.refresh,
  });
  return stops;
}
