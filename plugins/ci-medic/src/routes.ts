import { createRouteRef } from '@backstage/core-plugin-api';

// From core-plugin-api, because both frontend systems accept only these.

/** Where the CI health tab of an entity is. */
export const entityCiHealthRouteRef = createRouteRef({
  id: 'ci-medic:entity-ci-health',
});

/** Where the Incidents tab of an entity is. */
export const entityIncidentsRouteRef = createRouteRef({
  id: 'ci-medic:entity-incidents',
});

/** Where the Playbooks tab of an entity is. */
export const entityPlaybooksRouteRef = createRouteRef({
  id: 'ci-medic:entity-playbooks',
});

/** Where the page of trends is. */
export const insightsRouteRef = createRouteRef({ id: 'ci-medic:insights' });

/** Where the page of operators is. */
export const remediationRouteRef = createRouteRef({
  id: 'ci-medic:remediation',
});
