import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';

const HEADER = 'x-person';

/** Lets in as any user of the catalog, and makes clients of people who came in so. */
export const signIn = {
  config: { providers: { people: {} } },

  modules: [
    import('@backstage/plugin-auth-backend'),
    createBackendModule({
      pluginId: 'auth',
      moduleId: 'people',
      register: env =>
        env.registerInit({
          deps: { providers: authProvidersExtensionPoint },
          init: async ({ providers }) =>
            providers.registerProvider({
              providerId: 'people',
              factory: createProxyAuthProviderFactory({
                authenticator: createProxyAuthenticator({
                  defaultProfileTransform: async () => ({ profile: {} }),
                  initialize: () => undefined,
                  async authenticate({ req }) {
                    const user = req.header(HEADER);
                    if (!user) {
                      throw new InputError(`${HEADER} must name a user`);
                    }
                    return { result: { user } };
                  },
                }),
                signInResolver: async ({ result: { user } }, context) =>
                  context.signInWithCatalogUser({
                    entityRef: { kind: 'user', name: user },
                  }),
              }),
            }),
        }),
    }),
  ] as BackendFeature[],

  /** A client of somebody. Each question brings a new token. */
  clientOf(baseUrl: string, person: string): CiMedicClient {
    return new CiMedicClient({
      fetchApi: {
        async fetch(input, init) {
          const answer = await fetch(`${baseUrl}/api/auth/people/refresh`, {
            headers: { [HEADER]: person },
          });
          if (!answer.ok) {
            throw new Error(`${person} is not let in: ${answer.status}`);
          }
          const { backstageIdentity } = await answer.json();
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${backstageIdentity.token}`);
          return fetch(input, { ...init, headers });
        },
      },
      discoveryApi: { getBaseUrl: async () => `${baseUrl}/api/ci-medic` },
    });
  },
};
