import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

// The actions in a scaffolder, open to everybody on this machine, beside a CI Medic that they can ask:
// yarn start, then curl http://localhost:7007/api/scaffolder/v2/actions

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
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@ci-medic/plugin-ci-medic-backend'));
backend.add(import('../src'));
backend.start();
