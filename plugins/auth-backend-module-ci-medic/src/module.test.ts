import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleCiMedic } from './module';

const ROUTE = '/api/auth/ci-medic-chat';

async function start(config: object = { 'ci-medic-chat': {} }) {
  const backend = await startTestBackend({
    features: [
      authPlugin,
      authModuleCiMedic,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'ann', namespace: 'default' },
            spec: { memberOf: ['payments'] },
            relations: [
              { type: 'memberOf', targetRef: 'group:default/payments' },
            ],
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          auth: { providers: config as any },
        },
      }),
    ],
  });
  const ask = (pluginId: string, userRef: unknown) =>
    request(backend.server)
      .post(`${ROUTE}/refresh`)
      .set('Authorization', pluginId)
      .send({ userRef });
  return { backend, ask };
}

const asPlugin = (subject: string) =>
  `Bearer mock-service-token:${JSON.stringify({
    sub: subject,
    target: 'auth',
  })}`;

describe('authModuleCiMedic', () => {
  it('vouches for a user of the catalog to CI Medic', async () => {
    const { backend, ask } = await start();
    const { status, body } = await ask(
      asPlugin('plugin:ci-medic'),
      'user:default/ann',
    );
    expect(status).toBe(200);
    const [, payload] = body.token.split('.');
    expect(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    ).toMatchObject({ sub: 'user:default/ann', aud: 'backstage' });
    await backend.stop();
  });

  it('vouches for nobody to anybody else, and for nobody who is not in the catalog', async () => {
    const { backend, ask } = await start();
    const user = 'user:default/ann';
    for (const [who, userRef, expected] of [
      [asPlugin('plugin:other'), user, 403],
      [asPlugin('external:ci-medic'), user, 403],
      [`Bearer mock-user-token:${JSON.stringify({ sub: user })}`, user, 403],
      ['Bearer nonsense', user, 401],
      ['', user, 403],
      [asPlugin('plugin:ci-medic'), 'user:default/gone', 403],
      [asPlugin('plugin:ci-medic'), 'group:default/payments', 400],
      [asPlugin('plugin:ci-medic'), { kind: 'User' }, 400],
    ] as const) {
      const { status, body } = await ask(who, userRef);
      expect([userRef, status]).toEqual([userRef, expected]);
      expect(body.token).toBeUndefined();
    }
    await backend.stop();
  });

  it('is no way to sign in, and is not there unless it is wanted', async () => {
    const { backend } = await start();
    for (const path of ['start', 'handler/frame']) {
      const { status } = await request(backend.server).get(`${ROUTE}/${path}`);
      expect(status).toBe(404);
    }
    await backend.stop();
    const off = await start({});
    const { status } = await off.ask(
      asPlugin('plugin:ci-medic'),
      'user:default/ann',
    );
    expect(status).toBe(404);
    await off.backend.stop();
  });
});
