import { useApi } from '@backstage/frontend-plugin-api';
import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { Refreshable, useRefreshable, useUpdates } from '../live';

/**
 * What could be done about an incident, kept up to date.
 */
export function usePlans(
  incidentId: string,
): Refreshable<{ items: OfferedPlan[] }> {
  const api = useApi(ciMedicApiRef);
  const plans = useRefreshable(
    useCallback(
      async (signal: AbortSignal) => api.listPlans({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: plans.refresh,
  });
  return plans;
}
