import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { ciMedicProvidersExtensionPoint } from '@ci-medic/plugin-ci-medic-node';
import { GithubClients } from './GithubClients';
import { GithubProvider } from './GithubProvider';
import { GithubWebhook } from './GithubWebhook';
import { readWebhookSecrets } from './readWebhookSecrets';

/**
 * Brings GitHub Actions into CI Medic, with the credentials of `integrations.github`.
 *
 * @public
 */
export const ciMedicModuleGithub = createBackendModule({
  pluginId: 'ci-medic',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: ciMedicProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const clients = new GithubClients({
          integrations,
          credentials:
            DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          logger,
        });
        const secrets = readWebhookSecrets(config);
        const hosts = integrations.github.list().map(({ title }) => title);
        providers.addProvider(
          new GithubProvider({
            clients,
            integrations,
            logger,
            webhook: secrets && new GithubWebhook({ secrets, hosts }),
          }),
        );
        if (!secrets) {
          logger.info(
            'GitHub webhooks are off, runs are found by asking for them. Set ciMedic.github.webhook.secret to hear of them at once.',
          );
        }
      },
    });
  },
});
