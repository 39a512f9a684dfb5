import { once } from 'events';
import {
  createServer as createPlain,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'http';
import { createServer as createSecure } from 'https';
import { AddressInfo, createServer as createSocket } from 'net';
import { answerKubernetes } from './answerKubernetes';

/** Servers on this machine that real tools are sent to, to see them fail. */
export class LoopbackServer {
  readonly port: number;
  readonly tlsPort: number;
  /** Nobody listens there. */
  readonly deadPort: number;
  readonly #servers: Server[];

  private constructor(ports: number[], servers: Server[]) {
    [this.port, this.tlsPort, this.deadPort] = ports;
    this.#servers = servers;
  }

  static async start(tls: { key: string; cert: string }) {
    const plain = createPlain(answer);
    const secure = createSecure(tls, answer);
    const dead = createSocket();
    const ports: number[] = [];
    for (const server of [plain, secure, dead]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ports.push((server.address() as AddressInfo).port);
    }
    dead.close();
    return new LoopbackServer(ports, [plain, secure as unknown as Server]);
  }

  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

/** The first part of the path says what happens. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, mode, ...rest] = (request.url ?? '/').split('?')[0].split('/');
  const json = (status: number, body: unknown, headers = {}) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
  if (/^\d{3}$/.test(mode)) {
    const status = Number(mode);
    const challenge =
      status === 401 ? { 'www-authenticate': 'Basic realm="packages"' } : {};
    json(status, { error: statusText(status) }, challenge);
  } else if (mode === 'reset') {
    request.socket.destroy();
  } else if (mode === 'ok') {
    json(200, { status: 'ok' });
  } else if (mode === 'created') {
    request.resume();
    request.on('end', () => json(201, { digest: 'sha256:0' }));
  } else if (mode === 'npm') {
    json(200, packument(decodeURIComponent(rest.join('/'))));
  } else if (mode === 'k8s') {
    answerKubernetes(request, response);
  } else {
    json(404, { error: 'Not Found' });
  }
}

function statusText(status: number): string {
  const texts: Record<number, string> = {
    401: 'token is expired',
    403: 'access denied',
    404: 'not found',
  };
  return texts[status] ?? 'Service Unavailable';
}

/** A package that has been released twice. */
function packument(name: string) {
  const version = (number: string, peers: Record<string, string>) => ({
    ...{ name, version: number, peerDependencies: peers },
    dist: {
      tarball: `http://localhost/npm/${name}-${number}.tgz`,
      shasum: '0'.repeat(40),
    },
  });
  const isKit = name.includes('corekit');
  return {
    name,
    'dist-tags': { latest: '2.0.0' },
    versions: {
      '1.4.2': version('1.4.2', {}),
      '2.0.0': version('2.0.0', isKit ? { '@acme/runtime': '^3.0.0' } : {}),
    },
  };
}
