import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'events';
import { createServer, Server } from 'http';
import { Knex } from 'knex';
import { AddressInfo, connect, Socket } from 'net';
import { CiMedicDatabase } from '../database';
import { memoryAttempt, MemoryIntake } from './__testUtils__/MemoryIntake';
import { createWebhookRouter } from './createWebhookRouter';

jest.setTimeout(60_000);

const LIMIT = 25 * 1024 * 1024;

/** What a server says on a connection until it closes it. */
async function answerOn(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', chunk => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  await once(socket, 'close');
  return text;
}

describe.each(TestDatabases.create().eachSupportedId())(
  'webhooks on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const ends: (() => Promise<unknown>)[] = [];

    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) {
        await end();
      }
    });

    async function serve(options?: { bodyTimeoutMs?: number }) {
      const knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const shop = MemoryIntake.create({ knex });
      const answers: string[] = [];
      const logger = mockServices.logger.mock();
      const app = express();
      app.use(
        createWebhookRouter({
          providers: [shop.ci],
          inbox: shop.intake.inbox,
          logger,
          onAnswer: (provider, answer) => answers.push(`${provider} ${answer}`),
          storeTimeoutMs: 2_000,
          ...options,
        }),
      );
      const server: Server = createServer(app);
      const sockets = new Set<Socket>();
      server.on('connection', socket => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ends.push(async () => {
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
        await shop.intake.runner.stop({ graceMs: 0 });
      });
      const { port } = server.address() as AddressInfo;
      const post = (
        body: Buffer | string,
        headers: Record<string, string>,
        path = '/webhooks/memory',
      ) =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          method: 'POST',
          body: body as any,
          headers,
        });
      const deliver = (
        text: string,
        delivery: { id: string; event?: string },
      ) => post(text, shop.ci.webhook.sign(Buffer.from(text), delivery));
      const raw = (...head: string[]) => {
        const socket = connect(port, '127.0.0.1');
        socket.write(
          ['POST /webhooks/memory HTTP/1.1', 'Host: ci', ...head, '', ''].join(
            '\r\n',
          ),
        );
        return socket;
      };
      const allClosed = async () => {
        await Promise.all(
          [...sockets].map(
            socket => new Promise(resolve => socket.once('close', resolve)),
          ),
        );
      };
      const inbox = () => knex('inbox').orderBy('delivery_id');
      return {
        ...{ knex, shop, answers, logger, post, deliver, raw, allClosed },
        inbox,
      };
    }

    const runEvent = JSON.stringify({
      kind: 'run',
      project: MemoryIntake.project,
      run: memoryAttempt({ id: '1' }).run,
    });

    it('stores what is signed, before it answers', async () => {
      const { deliver, inbox, answers, knex } = await serve();
      const response = await deliver(runEvent, { id: 'a' });
      expect(response.status).toBe(202);
      expect(await response.json()).toEqual({ delivery: 'stored' });
      const [row] = await inbox();
      expect(row).toMatchObject({ delivery_id: 'a', state: 'received' });
      expect(row.body.toString()).toBe(runEvent);
      expect(await knex('work')).toMatchObject([
        { kind: 'ingest.delivery', key: row.id, state: 'queued' },
      ]);
      expect(answers).toEqual(['memory stored']);
    });

    it('refuses what is not signed, or signed by others or for other bytes', async () => {
      const { post, shop, inbox, answers } = await serve();
      const { webhook } = shop.ci;
      const right = webhook.sign(Buffer.from(runEvent), { id: 'a' });
      const { 'x-memory-signature': _, ...unsigned } = right;
      for (const headers of [
        unsigned,
        { ...right, 'x-memory-signature': '' },
        { ...right, 'x-memory-signature': 'f'.repeat(64) },
        webhook.sign(Buffer.from(`${runEvent} `), { id: 'a' }),
      ]) {
        expect((await post(runEvent, headers)).status).toBe(401);
      }
      const { 'x-memory-delivery': __, ...nameless } = right;
      expect((await post(runEvent, nameless)).status).toBe(400);
      expect(await inbox()).toEqual([]);
      expect(answers).toEqual([
        ...Array(4).fill('memory unsigned'),
        'memory malformed',
      ]);
    });

    it('has no other routes', async () => {
      const { post, shop, inbox } = await serve();
      const headers = shop.ci.webhook.sign(Buffer.from(runEvent), { id: 'a' });
      for (const path of [
        '/webhooks',
        '/webhooks/other',
        '/webhooks/memory/',
        '/webhooks/Memory',
        '/webhooks/memory/x',
      ]) {
        expect((await post(runEvent, headers, path)).status).toBe(404);
      }
      expect(await inbox()).toEqual([]);
    });

    it('refuses a body that says that it is too large, without reading it', async () => {
      const { raw, inbox } = await serve();
      const answer = await answerOn(raw(`Content-Length: ${LIMIT + 1}`));
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toMatch(/^Connection: close/im);
      expect(await inbox()).toEqual([]);
    });

    it('refuses a body that becomes too large while it arrives', async () => {
      const { raw, inbox } = await serve();
      const socket = raw('Transfer-Encoding: chunked');
      const answer = answerOn(socket);
      socket.write(`${(LIMIT + 1).toString(16)}\r\n`);
      socket.write(Buffer.alloc(LIMIT + 1, 'x'));
      expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(await inbox()).toEqual([]);
    });

    it('refuses an encoded body, because the signature is over other bytes', async () => {
      const { post, shop } = await serve();
      const headers = shop.ci.webhook.sign(Buffer.from(runEvent), { id: 'a' });
      const response = await post(runEvent, {
        ...headers,
        'content-encoding': 'gzip',
      });
      expect(response.status).toBe(415);
    });

    it('forgets a delivery whose sender went away in its middle', async () => {
      const { raw, allClosed, inbox, answers, deliver } = await serve();
      const socket = raw('Content-Length: 1000');
      socket.end('{"kind"');
      await answerOn(socket);
      await allClosed();
      expect(await inbox()).toEqual([]);
      expect((await deliver(runEvent, { id: 'a' })).status).toBe(202);
      expect(answers).toEqual(['memory stored']);
    });

    it('does not wait for a body that does not arrive', async () => {
      const { raw, inbox } = await serve({ bodyTimeoutMs: 50 });
      expect(await answerOn(raw('Content-Length: 1000'))).toMatch(
        /^HTTP\/1\.1 408 /,
      );
      expect(await inbox()).toEqual([]);
    });

    it('keeps the bodies in memory within a budget, and gives it back', async () => {
      const { raw, allClosed, deliver } = await serve();
      const most = Buffer.alloc(LIMIT - 5_000_000, 'x');
      for (let round = 0; round < 3; round++) {
        const sockets = [1, 2, 3].map(() => {
          const socket = raw(`Content-Length: ${most.length + 1}`);
          socket.on('error', () => {});
          socket.write(most);
          return socket;
        });
        const texts: string[] = [];
        await new Promise<void>(resolve => {
          for (const socket of sockets) {
            socket.on('data', chunk => {
              texts.push(chunk.toString('latin1'));
              resolve();
            });
          }
        });
        expect(texts[0]).toMatch(/^HTTP\/1\.1 503 /);
        expect(texts[0]).toMatch(/^Retry-After: \d+\r$/im);
        // One does not fit in; the other two do.
        expect(texts).toHaveLength(1);
        sockets.forEach(socket => socket.destroy());
        await allClosed();
      }
      const large = JSON.stringify({ padding: 'x'.repeat(LIMIT - 100) });
      expect((await deliver(large, { id: 'large' })).status).toBe(202);
    });

    it('takes a delivery once, whatever is sent again under its id', async () => {
      const { deliver, inbox, answers, logger, shop } = await serve();
      await shop.start();
      shop.ci.attempts.push(memoryAttempt({ id: '1' }));
      await deliver(runEvent, { id: 'a' });
      await shop.intake.runner.idle();
      const [processed] = await inbox();
      expect(processed.state).toBe('processed');
      const [run] = await shop.runs();
      const again = await deliver(runEvent, { id: 'a' });
      expect(again.status).toBe(202);
      expect(await again.json()).toEqual({ delivery: 'duplicate' });
      const other = await deliver(runEvent.replace('main', 'evil'), {
        id: 'a',
      });
      expect(await other.json()).toEqual({ delivery: 'conflict' });
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('Suspicious: delivery a of memory'),
      );
      await shop.intake.runner.idle();
      expect(await inbox()).toEqual([processed]);
      expect(await shop.runs()).toEqual([run]);
      expect(answers).toEqual([
        'memory stored',
        'memory duplicate',
        'memory conflict',
      ]);
    });

    it('takes many copies at the same time as one', async () => {
      const { deliver, inbox } = await serve();
      const responses = await Promise.all(
        Array.from({ length: 12 }, () => deliver(runEvent, { id: 'a' })),
      );
      const results = await Promise.all(responses.map(one => one.json()));
      expect(results.map(({ delivery }) => delivery).sort()).toEqual([
        ...Array(11).fill('duplicate'),
        'stored',
      ]);
      expect(await inbox()).toHaveLength(1);
    });

    it('says of every delivery what became of it, malformed ones included', async () => {
      const { deliver, inbox, shop } = await serve();
      await shop.start();
      const nested = `${'{"a":'.repeat(6_000)}1${'}'.repeat(6_000)}`;
      const stranger = runEvent.replace('acme/shop', 'acme/unknown');
      for (const [id_, text, event] of [
        ['1', 'not json', 'ci'],
        ['2', nested, 'ci'],
        ['3', '{}', 'star'],
        ['4', stranger, 'ci'],
        ['5', '', 'ci'],
        ['6', '\u0000\ud800', 'ci'],
      ]) {
        const response = await deliver(text, { id: id_, event });
        expect(response.status).toBe(202);
      }
      await shop.intake.runner.idle();
      const told = (await inbox()).map(({ state, reason }) => [state, reason]);
      expect(told).toEqual([
        ['dead', 'InputError: The body is not JSON'],
        ['dead', 'InputError: The delivery tells of neither a run nor a job'],
        ['ignored', 'The event star says nothing here'],
        ['ignored', 'No catalog entity belongs to acme/unknown'],
        ['dead', 'InputError: The body is not JSON'],
        ['dead', 'InputError: The body is not JSON'],
      ]);
      expect(await shop.intake.inbox.count()).toEqual({
        received: 6,
        processed: 0,
        ignored: 2,
        dead: 4,
        pending: 0,
      });
      const { deadLetters } = shop.intake.api;
      expect((await deadLetters.list({})).items).toHaveLength(4);
    });

    it('asks to come again while the database does not answer, and loses nothing', async () => {
      const { deliver, inbox, answers, knex } = await serve();
      const blocker: Knex.Transaction = await knex.transaction();
      if (id.startsWith('POSTGRES')) {
        await blocker.raw('lock table inbox in access exclusive mode');
      }
      const response = await deliver(runEvent, { id: 'a' });
      await blocker.rollback();
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      const again = await deliver(runEvent, { id: 'a' });
      expect(again.status).toBe(202);
      expect(await inbox()).toHaveLength(1);
      await knex.destroy();
      const down = await deliver(runEvent, { id: 'b' });
      expect(down.status).toBe(503);
      expect(down.headers.get('retry-after')).not.toBeNull();
      expect(answers[0]).toBe('memory unavailable');
      expect(answers[2]).toBe('memory unavailable');
    });
  },
);
