import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AlertChannel,
  AlertClick,
  ciMedicAlertChannelsExtensionPoint,
} from '@ci-medic/plugin-ci-medic-node';
import { once } from 'events';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import request from 'supertest';
import { WebSocket, WebSocketServer } from 'ws';
import { pressOf, signed, signingSecret } from './__testUtils__/signed';
import { ciMedicModuleSlack } from './module';

const ROUTE = '/api/ci-medic/slack/interactions';

async function start(slack: object) {
  const channels: AlertChannel[] = [];
  const taken: AlertClick[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'ci-medic',
    register(env) {
      env.registerExtensionPoint(ciMedicAlertChannelsExtensionPoint, {
        addChannel: channel => channels.push(channel),
      });
      env.registerInit({
        deps: {},
        async init() {
          for (const channel of channels) {
            channel.connect?.({
              take: async click => {
                taken.push(click);
                return 'stored';
              },
            });
          }
        },
      });
    },
  });
  const data = {
    app: { baseUrl: 'https://portal.example' },
    ciMedic: { slack },
  };
  const backend = await startTestBackend({
    features: [
      plugin,
      ciMedicModuleSlack,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return { backend, channels, taken };
}

describe('ciMedicModuleSlack', () => {
  it('shows what messages would look like when nothing is configured', async () => {
    const { backend, channels } = await start({ defaultChannel: 'ci' });
    expect(channels).toMatchObject([
      { id: 'slack', notConnected: expect.stringContaining('botToken') },
    ]);
    // Nothing is open that nobody signs.
    const { body, headers } = signed(pressOf());
    const answer = await request(backend.server)
      .post(ROUTE)
      .set(headers)
      .send(body);
    expect(answer.status).toBe(404);
    await backend.stop();
  });

  it('takes signed buttons without a Backstage token, on the one route', async () => {
    const { backend, channels, taken } = await start({
      ...{ botToken: 'xoxb-x', signingSecret, teamId: 'T000000001' },
    });
    expect(channels[0].notConnected).toBeUndefined();
    const post = ({ body, headers }: ReturnType<typeof signed>) =>
      request(backend.server).post(ROUTE).set(headers).send(body);
    expect((await post(signed(pressOf()))).status).toBe(200);
    expect(taken).toHaveLength(1);
    const forged = signed(pressOf(), { secret: 'x' });
    expect((await post(forged)).status).toBe(401);
    await backend.stop();
  });

  it('takes buttons over a socket, and acknowledges them when they are stored', async () => {
    const server = createServer((_request, response) => {
      const { port } = server.address() as AddressInfo;
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/` }),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new WebSocketServer({ server });
    const connected = once(sockets, 'connection');
    const { port } = server.address() as AddressInfo;
    const { backend, taken } = await start({
      ...{ mode: 'socket', botToken: 'xoxb-x', appToken: 'xapp-x' },
      ...{ teamId: 'T000000001', apiUrl: `http://127.0.0.1:${port}/api/` },
    });
    const [socket] = (await connected) as [WebSocket];
    const acknowledged = once(socket, 'message');
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    socket.send(
      JSON.stringify({
        ...{ type: 'interactive', envelope_id: 'e1', payload: pressOf() },
        accepts_response_payload: true,
      }),
    );
    const [answer] = await acknowledged;
    expect(JSON.parse(String(answer))).toMatchObject({ envelope_id: 'e1' });
    expect(taken).toMatchObject([{ person: 'U0ANN', channel: 'slack' }]);
    const { body, headers } = signed(pressOf());
    const http = request(backend.server).post(ROUTE).set(headers).send(body);
    expect((await http).status).toBe(404);
    await backend.stop();
    sockets.close();
    server.closeAllConnections();
    server.close();
  });

  it('does not start half configured', async () => {
    await expect(start({ mode: 'socket', botToken: 'xoxb-x' })).rejects.toThrow(
      'ciMedic.slack.appToken',
    );
    await expect(start({ mode: 'carrier pigeon' })).rejects.toThrow(
      "'http' or 'socket'",
    );
  });
});
