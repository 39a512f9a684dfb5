import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  CiProvider,
  ciMedicProvidersExtensionPoint,
} from '@ci-medic/plugin-ci-medic-node';
import { ciMedicModuleGithub } from './module';

async function start(data: object) {
  const providers: CiProvider[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'ci-medic',
    register(env) {
      env.registerExtensionPoint(ciMedicProvidersExtensionPoint, {
        addProvider: provider => providers.push(provider),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const config = mockServices.rootConfig.factory({ data: data as any });
  const backend = await startTestBackend({
    features: [plugin, ciMedicModuleGithub, config],
  });
  await backend.stop();
  return providers;
}

describe('ciMedicModuleGithub', () => {
  it('brings in GitHub, with webhooks only when there is a secret', async () => {
    const [quiet] = await start({});
    expect(quiet).toMatchObject({ id: 'github', webhook: undefined });
    expect(quiet.annotations).toEqual(['github.com/project-slug']);
    const [loud] = await start({
      ciMedic: { github: { webhook: { additionalSecrets: ['a secret'] } } },
    });
    expect(loud.webhook).toBeDefined();
  });

  it('does not start with webhooks that anybody could send', async () => {
    await expect(
      start({ ciMedic: { github: { webhook: { enabled: true } } } }),
    ).rejects.toThrow('Set ciMedic.github.webhook.secret');
  });
});
