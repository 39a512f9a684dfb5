import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicApiRef } from './api';
import {
  entityCiHealthRouteRef,
  entityIncidentsRouteRef,
  entityPlaybooksRouteRef,
  insightsRouteRef,
  remediationRouteRef,
} from './routes';

/**
 * CI Medic for the legacy frontend system. In the new one, use the default export of
 * `@ci-medic/plugin-ci-medic/alpha`.
 *
 * @public
 */
export const ciMedicPlugin = createPlugin({
  id: 'ci-medic',
  apis: [
    createApiFactory({
      api: ciMedicApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new CiMedicClient({ discoveryApi, fetchApi }),
    }),
  ],
  routes: {
    insights: insightsRouteRef,
    remediation: remediationRouteRef,
    entityCiHealth: entityCiHealthRouteRef,
    entityIncidents: entityIncidentsRouteRef,
    entityPlaybooks: entityPlaybooksRouteRef,
  },
});

/**
 * The CI health tab: figures, runs and what failed in them.
 *
 * @public
 */
export const EntityCiHealthContent: () => JSX.Element = ciMedicPlugin.provide(
  createRoutableExtension({
    name: 'EntityCiHealthContent',
    component: () =>
      import('./components/entity/EntityCiHealth').then(m => m.EntityCiHealth),
    mountPoint: entityCiHealthRouteRef,
  }),
);

/**
 * The Incidents tab: what is broken, since when, and where it struck.
 *
 * @public
 */
export const EntityIncidentsContent: () => JSX.Element = ciMedicPlugin.provide(
  createRoutableExtension({
    name: 'EntityIncidentsContent',
    component: () =>
      import('./components/entity/EntityIncidents').then(
        m => m.EntityIncidents,
      ),
    mountPoint: entityIncidentsRouteRef,
  }),
);

/**
 * The Playbooks tab: what is known of failures that recur.
 *
 * @public
 */
export const EntityPlaybooksContent: () => JSX.Element = ciMedicPlugin.provide(
  createRoutableExtension({
    name: 'EntityPlaybooksContent',
    component: () =>
      import('./components/entity/EntityPlaybooks').then(
        m => m.EntityPlaybooks,
      ),
    mountPoint: entityPlaybooksRouteRef,
  }),
);

/**
 * Trends over all services, for those who lead.
 *
 * @public
 */
export const CiInsightsPage: () => JSX.Element = ciMedicPlugin.provide(
  createRoutableExtension({
    name: 'CiInsightsPage',
    component: () =>
      import('./components/insights/InsightsPage').then(m => m.InsightsPage),
    mountPoint: insightsRouteRef,
  }),
);

/**
 * What operators see and change of remediations: kill switch, modes, budgets, decisions and outcomes.
 *
 * @public
 */
export const CiRemediationPage: () => JSX.Element = ciMedicPlugin.provide(
  createRoutableExtension({
    name: 'CiRemediationPage',
    component: () =>
      import('./components/remediation/RemediationPage').then(
        m => m.RemediationPage,
      ),
    mountPoint: remediationRouteRef,
  }),
);

/**
 * The trends of an entity in a few figures, for its overview.
 *
 * @public
 */
export const EntityCiInsightsCard: () => JSX.Element = ciMedicPlugin.provide(
  createComponentExtension({
    name: 'EntityCiInsightsCard',
    component: {
      lazy: () =>
        import('./components/insights/EntityInsightsCard').then(
          m => m.EntityInsightsCard,
        ),
    },
  }),
);
