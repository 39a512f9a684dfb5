import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

// CI Medic with Slack, open to everybody on this machine, with one service in the catalog. Messages can be looked at
// without a workspace; with ciMedic.slack.botToken in app-config.local.yaml they are sent:
// yarn start, then curl http://localhost:7007/api/ci-medic/status

const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'shop',
          annotations: { 'github.com/project-slug': 'acme/shop' },
        },
        spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
      },
    ],
  }),
);
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@ci-medic/plugin-ci-medic-backend'));
backend.add(import('../src'));
backend.start();
