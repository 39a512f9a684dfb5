import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authProvidersExtensionPoint } from '@backstage/plugin-auth-node';
import { createChatProvider } from './createChatProvider';

/**
 * Lets CI Medic ask who somebody is who pressed one of its buttons in chat.
 *
 * @public
 */
export const authModuleCiMedic = createBackendModule({
  pluginId: 'auth',
  moduleId: 'ci-medic',
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ httpAuth, logger, providers }) {
        providers.registerProvider({
          providerId: 'ci-medic-chat',
          factory: ({ resolverContext }) =>
            createChatProvider({ httpAuth, logger, resolverContext }),
        });
      },
    });
  },
});
