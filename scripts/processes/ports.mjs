import { createServer } from 'node:net';
import { Advice } from '../toolchain/Advice.mjs';

/** A port that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Says which port is taken and how to take another, before anything starts. */
export async function requireFreePort({ port, what, option }) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Advice(`--${option} wants a port number from 1 to 65535.`);
  }
  const reason = await whyTaken(port);
  if (reason === 'EACCES') {
    throw new Advice(
      `Port ${port} for ${what} needs rights that you do not have: choose one above 1023 with --${option}.`,
    );
  }
  if (reason) {
    throw new Advice(
      `Port ${port} for ${what} is taken by another program: stop that one, or choose another port, for example: npm start -- --${option} ${
        port + 100
      }`,
    );
  }
}

function whyTaken(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code));
    server.listen(port, '127.0.0.1', () =>
      server.close(() => resolve(undefined)),
    );
  });
}
