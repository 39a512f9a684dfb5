import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiPulseLine } from '@remixicon/react';
import {
  entityCiHealthRouteRef,
  entityIncidentsRouteRef,
  entityPlaybooksRouteRef,
  insightsRouteRef,
  remediationRouteRef,
} from '../routes';
import { ciMedicClientApi } from './apis';
import { insightsCard, insightsPage } from './insights';
import { remediationPage } from './remediation';
import {
  ciHealthContent,
  incidentsContent,
  playbooksContent,
} from './entityContents';

/**
 * CI Medic for the new frontend system: three tabs on the pages of entities that say where they are built.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'ci-medic',
  title: 'CI Medic',
  icon: <RiPulseLine />,
  info: { packageJson: () => import('../../package.json') },
  routes: {
    insights: insightsRouteRef,
    remediation: remediationRouteRef,
    entityCiHealth: entityCiHealthRouteRef,
    entityIncidents: entityIncidentsRouteRef,
    entityPlaybooks: entityPlaybooksRouteRef,
  },
  extensions: [
    insightsPage,
    remediationPage,
    insightsCard,
    ciMedicClientApi,
    ciHealthContent,
    incidentsContent,
    playbooksContent,
  ],
});
