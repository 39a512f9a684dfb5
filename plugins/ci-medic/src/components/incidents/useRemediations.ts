import { useApi } from '@backstage/frontend-plugin-api';
import { Remediations } from '@ci-medic/plugin-ci-medic-common';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { Refreshable, useRefreshable, useUpdates } from '../live';

/**
 * What is done about an incident and what the reader may do, kept up to date.
 */
export function useRemediations(incidentId: string): Refreshable<Remediations> {
  const api = useApi(ciMedicApiRef);
  const remediations = useRefreshable(
    useCallback(
      (signal: AbortSignal) => api.listRemediations({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: remediations.refresh,
  });
  return remediations;
}
