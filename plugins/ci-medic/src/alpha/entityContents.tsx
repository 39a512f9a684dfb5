import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_GITHUB_PROJECT_SLUG } from '@ci-medic/plugin-ci-medic-common';
import {
  entityCiHealthRouteRef,
  entityIncidentsRouteRef,
  entityPlaybooksRouteRef,
} from '../routes';

// A predicate and not a function, so that it can be replaced in app-config.
const isBuiltSomewhere = {
  [`metadata.annotations.${ANNOTATION_GITHUB_PROJECT_SLUG}`]: { $exists: true },
};

export const ciHealthContent = EntityContentBlueprint.make({
  name: 'health',
  params: {
    path: '/ci-health',
    title: 'CI health',
    routeRef: entityCiHealthRouteRef,
    filter: isBuiltSomewhere,
    loader: () =>
      import('../components/entity/EntityCiHealth').then(m => (
        <m.EntityCiHealth />
      )),
  },
});

export const incidentsContent = EntityContentBlueprint.make({
  name: 'incidents',
  params: {
    path: '/incidents',
    title: 'Incidents',
    routeRef: entityIncidentsRouteRef,
    filter: isBuiltSomewhere,
    loader: () =>
      import('../components/entity/EntityIncidents').then(m => (
        <m.EntityIncidents />
      )),
  },
});

export const playbooksContent = EntityContentBlueprint.make({
  name: 'playbooks',
  params: {
    path: '/playbooks',
    title: 'Playbooks',
    routeRef: entityPlaybooksRouteRef,
    filter: isBuiltSomewhere,
    loader: () =>
      import('../components/entity/EntityPlaybooks').then(m => (
        <m.EntityPlaybooks />
      )),
  },
});
