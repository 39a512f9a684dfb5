import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import demoSignIn from '.';

const owner = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'jonas.weber', namespace: 'default' },
  spec: { memberOf: ['team-storefront'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/team-storefront' }],
};

const start = (host: string | undefined, providers: object) =>
  startTestBackend({
    features: [
      authPlugin,
      demoSignIn,
      catalogServiceMock.factory({ entities: [owner] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: {
            baseUrl: 'http://localhost:7007',
            ...(host ? { listen: { host, port: 0 } } : {}),
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          auth: { providers },
        },
      }),
    ],
  });

describe('demoSignIn', () => {
  it('lets visitors of this machine in as any user, and as nobody else', async () => {
    const { server } = await start('127.0.0.1', { demo: {} });
    const ask = (user: string) =>
      request(server).get('/api/auth/demo/refresh').set('x-demo-user', user);

    const { status, body } = await ask('jonas.weber');
    expect(status).toBe(200);
    expect(body.backstageIdentity.identity).toMatchObject({
      userEntityRef: 'user:default/jonas.weber',
      ownershipEntityRefs: [
        'user:default/jonas.weber',
        'group:default/team-storefront',
      ],
    });
    expect((await ask('nobody')).status).not.toBe(200);
    expect((await ask('group:default/team-storefront')).status).toBe(400);
    expect((await request(server).get('/api/auth/demo/refresh')).status).toBe(
      400,
    );
  });

  it('is not there where it is not configured', async () => {
    const { server } = await start('127.0.0.1', {});
    const answer = await request(server)
      .get('/api/auth/demo/refresh')
      .set('x-demo-user', 'jonas.weber');
    expect(answer.status).toBe(404);
  });

  it.each([undefined, '0.0.0.0', '::'])(
    'keeps a portal from starting that listens on %s',
    async host => {
      await expect(start(host, { demo: {} })).rejects.toThrow(
        /backend.listen.host must be 127.0.0.1/,
      );
    },
  );
});
