import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

/** What the manual asks for, and no more: the emulator refuses what needs another one. */
const scopes = [
  'chat:write',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'users:read',
  'users:read.email',
];

const seed = {
  slack: {
    team: { name: 'Acme', domain: 'acme' },
    strict_scopes: true,
    users: [
      { name: 'ann', real_name: 'Ann', email: 'ann@acme.example' },
      { name: 'bob', real_name: 'Bob', email: 'bob@acme.example' },
    ],
    channels: [
      { name: 'payments-ci' },
      { name: 'secret-ci', is_private: true },
    ],
    oauth_apps: [
      {
        ...{ client_id: '1.2', client_secret: 'x', app_id: 'A000MEDIC' },
        ...{ name: 'CI Medic', redirect_uris: [], scopes },
        ...{ bot_id: 'B000MEDIC', bot_user_id: 'U000MEDIC' },
      },
    ],
    tokens: [
      {
        ...{ token: 'xoxb-test', type: 'bot', user: 'U000MEDIC', scopes },
        ...{ app_id: 'A000MEDIC', bot_id: 'B000MEDIC' },
        bot_user_id: 'U000MEDIC',
      },
      { token: 'xoxp-admin', user: 'U000000001', app_id: 'A000MEDIC' },
    ],
  },
};

// The emulator is a module that only `import` finds, which Jest has not.
const script = `
  const { createEmulator } = await import('emulate');
  const [port, seed] = process.argv.slice(1);
  const { url } = await createEmulator({ service: 'slack', port: Number(port), seed: JSON.parse(seed) });
  console.log(url);
`;

/** What becomes of a call. `lost`: it gets through, but the answer does not. */
export type Fault = 'none' | 'limited' | 'down' | 'lost';

/**
 * A Slack workspace with state, in a process of its own, behind a line that can fail.
 */
export class SlackEmulator {
  static readonly token = 'xoxb-test';
  static readonly team = 'T000000001';

  static async start(): Promise<SlackEmulator> {
    const port = await freePort();
    const emulator = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, String(port), JSON.stringify(seed)],
      { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(emulator.stdout!, 'data');
    const started = new SlackEmulator(emulator, `http://127.0.0.1:${port}`);
    await started.#listen();
    return started;
  }

  readonly #emulator: ChildProcess;
  readonly #address: string;
  readonly #line: Server;
  /** Methods that were called, in order. */
  readonly calls: string[] = [];
  /** Decides what becomes of the next call. */
  fault: (method: string) => Fault = () => 'none';
  retryAfter = 7;

  private constructor(emulator: ChildProcess, address: string) {
    this.#emulator = emulator;
    this.#address = address;
    this.#line = createServer((request, response) => {
      this.#carry(request, response).catch(() => request.destroy());
    });
  }

  /** Address of the API, over the line that can fail. */
  get apiUrl(): string {
    const { port } = this.#line.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/`;
  }

  /** Calls the API as the administrator, past the line. */
  async call(method: string, body: object = {}): Promise<any> {
    const response = await fetch(`${this.#address}/api/${method}`, {
      method: 'POST',
      headers: {
        Authorization: 'Bearer xoxp-admin',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  async channelId(name: string): Promise<string> {
    const { channels } = await this.call('conversations.list', {
      types: 'public_channel,private_channel',
    });
    return channels.find((one: { name: string }) => one.name === name).id;
  }

  async userId(name: string): Promise<string> {
    const { members } = await this.call('users.list');
    return members.find((one: { name: string }) => one.name === name).id;
  }

  /** Messages of a channel, oldest first, without those in threads. */
  async messages(channel: string): Promise<any[]> {
    const { messages } = await this.call('conversations.history', {
      channel: await this.channelId(channel),
    });
    return messages.reverse();
  }

  async replies(channel: string, ts: string): Promise<any[]> {
    const { messages } = await this.call('conversations.replies', {
      ...{ channel: await this.channelId(channel), ts },
    });
    return messages.slice(1);
  }

  async stop(): Promise<void> {
    this.#line.closeAllConnections();
    this.#line.close();
    this.#emulator.kill();
    await once(this.#emulator, 'exit');
  }

  async #listen() {
    this.#line.listen(0, '127.0.0.1');
    await once(this.#line, 'listening');
  }

  async #carry(request: IncomingMessage, response: ServerResponse) {
    const method = request.url!.replace('/api/', '');
    this.calls.push(method);
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const fault = this.fault(method);
    if (fault === 'limited') {
      response.writeHead(429, { 'Retry-After': String(this.retryAfter) }).end();
      return;
    }
    if (fault === 'down') {
      response.writeHead(503).end('Service Unavailable');
      return;
    }
    const answer = await fetch(`${this.#address}${request.url}`, {
      method: request.method,
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body: Buffer.concat(chunks),
    });
    const body = await answer.text();
    if (fault === 'lost') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(body);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
