import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiFirstAidKitLine } from '@remixicon/react';
import { remediationRouteRef } from '../routes';

/** What operators see and change of remediations. */
export const remediationPage = PageBlueprint.make({
  name: 'remediation',
  params: {
    path: '/ci-remediation',
    title: 'CI remediation',
    icon: <RiFirstAidKitLine />,
    routeRef: remediationRouteRef,
    loader: () =>
      import('../components/remediation/RemediationContent').then(m => (
        <m.RemediationContent />
      )),
  },
});
