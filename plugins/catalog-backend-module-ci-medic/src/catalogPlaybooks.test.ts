import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { NotModifiedError } from '@backstage/errors';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import Router from 'express-promise-router';
import { PlaybookDocsClient } from './PlaybookDocsClient';
import { PlaybookEntityProvider } from './PlaybookEntityProvider';
import { playbookUrlReader } from './playbookUrlReader';

const docs = {
  owner: 'group:default/shop',
  etag: 'one',
  files: [
    { path: 'mkdocs.yml', content: '{}' },
    { path: 'docs/index.md', content: '# Playbooks' },
  ],
};

/** CI Medic as far as pages are concerned: it answers services only. */
function ciMedic() {
  return createBackendPlugin({
    pluginId: 'ci-medic',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          const router = Router();
          router.use(async (request, _, next) => {
            await httpAuth.credentials(request, { allow: ['service'] });
            next();
          });
          router.get('/playbook-docs', (_, response) => {
            const { owner, etag } = docs;
            response.json({ items: [{ owner, etag }] });
          });
          router.get('/playbook-docs/group/default/shop', (_, response) => {
            response.json(docs);
          });
          http.use(router);
        },
      });
    },
  });
}

/** A plugin that reads and asks as TechDocs and the catalog do. */
async function start() {
  const asked: string[] = [];
  let answer = 200;
  let services: any;
  const { server } = await startTestBackend({
    features: [
      playbookUrlReader,
      ciMedic(),
      createBackendPlugin({
        pluginId: 'techdocs',
        register(env) {
          env.registerInit({
            deps: {
              auth: coreServices.auth,
              discovery: coreServices.discovery,
              http: coreServices.httpRouter,
              reader: coreServices.urlReader,
            },
            async init(found) {
              services = found;
              const router = Router();
              router.get('/sync/:rest(*)', (request, response) => {
                asked.push(request.params.rest);
                response.status(answer).end();
              });
              found.http.use(router);
            },
          });
        },
      }),
    ],
  });
  return {
    ...{ server, services, asked },
    answerWith(status: number) {
      answer = status;
    },
  };
}

describe('catalogPlaybooks', () => {
  const directory = createMockDirectory();

  it('gives TechDocs the pages of an owner, and nothing when it has them', async () => {
    const { server, services } = await start();
    const client = new PlaybookDocsClient(services);
    const address = await client.addressOf(docs.owner);
    const tree = await services.reader.readTree(address);
    expect(tree.etag).toBe('one');
    await tree.dir({ targetDir: directory.path });
    expect(directory.content()).toMatchObject({
      'mkdocs.yml': '{}',
      docs: { 'index.md': '# Playbooks' },
    });
    await expect(
      services.reader.readTree(address, { etag: 'one' }),
    ).rejects.toThrow(NotModifiedError);
    await server.stop?.();
  });

  it('makes an entity for each owner, and has its site built once until it changes', async () => {
    const { services, asked, answerWith } = await start();
    const provider = new PlaybookEntityProvider({
      client: new PlaybookDocsClient(services),
      logger: mockServices.logger.mock(),
    });
    const applyMutation = jest.fn();
    await provider.connect({
      applyMutation,
    } as unknown as EntityProviderConnection);
    answerWith(404);
    await provider.refresh();
    expect(applyMutation.mock.calls[0][0].entities[0].entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'ci-playbooks-shop',
        annotations: {
          'backstage.io/techdocs-ref': expect.stringMatching(
            /^url:http.*\/playbook-docs\/group\/default\/shop$/,
          ),
        },
      },
      spec: { type: 'documentation', owner: 'group:default/shop' },
    });
    answerWith(200);
    await provider.refresh();
    await provider.refresh();
    // The catalog did not know it the first time.
    expect(asked).toEqual([
      'default/component/ci-playbooks-shop',
      'default/component/ci-playbooks-shop',
    ]);
  });
});
