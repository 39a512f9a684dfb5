import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';

// A catalog with the playbooks of a CI Medic beside it, open to everybody on this machine. They come a minute after
// the first failure recurred: yarn start, then curl http://localhost:7007/api/catalog/entities

const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.permissions.factory());
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@ci-medic/plugin-ci-medic-backend'));
backend.add(import('../src'));
backend.start();
