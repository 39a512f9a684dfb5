import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_GITHUB_PROJECT_SLUG } from '@ci-medic/plugin-ci-medic-common';
import { RiLineChartLine } from '@remixicon/react';
import { insightsRouteRef } from '../routes';

/** Trends over all services. */
export const insightsPage = PageBlueprint.make({
  name: 'insights',
  params: {
    path: '/ci-insights',
    title: 'CI insights',
    icon: <RiLineChartLine />,
    routeRef: insightsRouteRef,
    loader: () =>
      import('../components/insights/InsightsContent').then(m => (
        <m.InsightsContent />
      )),
  },
});

/** Trends of one entity, on its overview. */
export const insightsCard = EntityCardBlueprint.make({
  name: 'insights',
  params: {
    filter: {
      [`metadata.annotations.${ANNOTATION_GITHUB_PROJECT_SLUG}`]: {
        $exists: true,
      },
    },
    loader: () =>
      import('../components/insights/EntityInsightsCard').then(m => (
        <m.EntityInsightsCard />
      )),
  },
});
