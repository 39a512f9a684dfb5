import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import ciMedicPlugin, { ciMedicApiRef } from '../src/alpha';
import { DemoCiMedicApi } from './demo/DemoCiMedicApi';
import { demoEntities } from './demo/demoEntities';

const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => new InMemoryCatalogClient({ entities: demoEntities }),
        }),
    }),
  ],
});

const ciMedicModule = createFrontendModule({
  pluginId: 'ci-medic',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: ciMedicApiRef,
          deps: {},
          factory: () => DemoCiMedicApi.create(),
        }),
    }),
  ],
});

const permissionModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({ result: AuthorizeResult.ALLOW }),
          }),
        }),
    }),
  ],
});

createDevApp({
  features: [
    catalogPlugin,
    catalogModule,
    ciMedicPlugin,
    ciMedicModule,
    permissionModule,
  ],
});
