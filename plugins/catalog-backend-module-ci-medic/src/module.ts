import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { PlaybookDocsClient } from './PlaybookDocsClient';
import { PlaybookEntityProvider } from './PlaybookEntityProvider';

/**
 * Documentation entities for playbooks.
 */
export const catalogModuleCiMedicPlaybooks = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ci-medic-playbooks',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, discovery, logger, scheduler }) {
        const client = new PlaybookDocsClient({ auth, discovery });
        const provider = new PlaybookEntityProvider({ client, logger });
        catalog.addEntityProvider(provider);
        await scheduler.scheduleTask({
          id: 'ci-medic-playbooks',
          frequency: { minutes: 1 },
          initialDelay: { seconds: 20 },
          timeout: { minutes: 10 },
          fn: () => provider.refresh(),
        });
      },
    });
  },
});
