import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { it } from 'node:test';
import { freePort, requireFreePort } from './ports.mjs';

it('says which port is taken and how to choose another', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const asked = requireFreePort({ port, what: 'the portal', option: 'port' });
  await assert.rejects(asked, {
    name: 'Advice',
    message: new RegExp(
      `Port ${port} for the portal is taken.*npm start -- --port ${port + 100}`,
    ),
  });
  await new Promise(resolve => server.close(resolve));
  await requireFreePort({ port, what: 'the portal', option: 'port' });
});

it('refuses what is not a port', async () => {
  for (const port of [0, 65536, NaN, 1.5]) {
    await assert.rejects(
      requireFreePort({ port, what: 'the portal', option: 'port' }),
      /--port wants a port number/,
    );
  }
});

it('finds ports that can be listened on', async () => {
  const port = await freePort();
  await requireFreePort({ port, what: 'a test', option: 'port' });
});
