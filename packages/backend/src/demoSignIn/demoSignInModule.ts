import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './demoAuthenticator';

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

/**
 * A way in as any user of the catalog, for portals that run on one machine with
 * a simulated organisation. It exists only where `auth.providers.demo` is
 * configured, and such a portal must not listen to other machines.
 */
export const demoSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(module) {
    module.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        if (!config.has('auth.providers.demo')) {
          return;
        }
        const host = config.getOptionalString('backend.listen.host');
        if (!host || !LOOPBACK_HOSTS.includes(host)) {
          throw new InputError(
            'auth.providers.demo lets everybody in as anybody, so backend.listen.host must be 127.0.0.1',
          );
        }
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({
                entityRef: { name: result.user },
              }),
          }),
        });
      },
    });
  },
});
