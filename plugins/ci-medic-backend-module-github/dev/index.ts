import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  CiProvider,
  ciMedicProvidersExtensionPoint,
} from '@ci-medic/plugin-ci-medic-node';

// The module in front of a plugin that only says what it was given. GITHUB_SLUG=owner/name lists runs:
// GITHUB_SLUG=backstage/backstage yarn start

const backend = createBackend();
backend.add(
  createBackendPlugin({
    pluginId: 'ci-medic',
    register(env) {
      const providers: CiProvider[] = [];
      env.registerExtensionPoint(ciMedicProvidersExtensionPoint, {
        addProvider: provider => providers.push(provider),
      });
      env.registerInit({
        deps: { logger: coreServices.logger },
        async init({ logger }) {
          const slug = process.env.GITHUB_SLUG;
          for (const provider of providers) {
            logger.info(`${provider.title} is there`);
            if (slug) {
              const project = { provider: 'github', host: 'github.com', slug };
              const { runs } = await provider.listRuns({ project });
              runs.forEach(run =>
                logger.info(`${run.pipeline.name} ${run.conclusion ?? ''}`),
              );
            }
          }
        },
      });
    },
  }),
);
backend.add(import('../src'));
backend.start();
