import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'events';
import { createServer } from 'http';
import { Agent, request as httpRequest } from 'http';
import { AddressInfo } from 'net';
import { createWebhookRouter } from '../createWebhookRouter';
import { MemoryIntake } from './MemoryIntake';

/** What came back for a delivery; a status of 0 when nothing did. */
export type Answer = { status: number; retryAfter?: string };

/** The route for webhooks of an intake on a port of its own. */
export async function serveWebhooks(
  shop: MemoryIntake,
  options: { storeTimeoutMs?: number } = {},
) {
  const app = express();
  app.use(
    createWebhookRouter({
      providers: [shop.ci],
      inbox: shop.intake.inbox,
      logger: mockServices.logger.mock(),
      ...options,
    }),
  );
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: false });
  return {
    port,
    server,
    deliver: (text: string, id: string): Promise<Answer> =>
      new Promise(resolve => {
        const body = Buffer.from(text);
        const request = httpRequest({
          ...{ host: '127.0.0.1', port, agent, method: 'POST' },
          path: '/webhooks/memory',
          headers: {
            ...shop.ci.webhook.sign(body, { id }),
            'content-length': body.length,
          },
        });
        request.on('response', response => {
          response.resume();
          const { statusCode: status = 0, headers } = response;
          resolve({ status, retryAfter: headers['retry-after'] });
        });
        request.on('error', () => resolve({ status: 0 }));
        request.end(body);
      }),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      agent.destroy();
    },
  };
}
