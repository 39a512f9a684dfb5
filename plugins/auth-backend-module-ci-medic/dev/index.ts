import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

// The way in for buttons in chat, and one person who can press them. Only CI Medic may use it, so others get 401:
// yarn start, then curl -X POST http://localhost:7007/api/auth/ci-medic-chat/refresh

const backend = createBackend();
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'alice' },
        spec: { memberOf: [] },
      },
    ],
  }),
);
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('../src'));
backend.start();
