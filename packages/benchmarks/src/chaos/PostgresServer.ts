import { execFile, spawn } from 'child_process';
import { existsSync, readdirSync } from 'fs';
import { chown, mkdir } from 'fs/promises';
import knexFactory from 'knex';
import { createServer } from 'net';
import { join } from 'path';
import { promisify } from 'util';
import { setTimeout } from 'timers/promises';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';

/** Any free port of the loopback interface. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as { port: number };
  await new Promise(done => {
    server.close(done);
  });
  return port;
}

/**
 * A PostgreSQL server of its own, as durable as it is installed, that can be made to crash.
 */
export class PostgresServer {
  /** Makes a cluster in a folder and starts it. */
  static async start(folder: string): Promise<PostgresServer> {
    const bin = binaries();
    const data = join(folder, 'postgres');
    const identity = await serverIdentity();
    await mkdir(data, { mode: 0o700 });
    if (identity) {
      await chown(data, identity.uid, identity.gid);
    }
    const options = { ...identity, cwd: data };
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--auth=trust'],
      options,
    );
    const server = new PostgresServer(bin, data, await freePort(), options);
    await server.#control('start');
    return server;
  }

  readonly #bin: string;
  readonly #data: string;
  readonly #port: number;
  readonly #options: object;

  private constructor(
    bin: string,
    data: string,
    port: number,
    options: object,
  ) {
    this.#bin = bin;
    this.#data = data;
    this.#port = port;
    this.#options = options;
  }

  get connection(): string {
    return `postgresql://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  /** Ends all of its processes at once, as a crash would, and starts it again. */
  async crash(): Promise<void> {
    await this.#control('restart', '-m', 'immediate');
  }

  async stop(): Promise<void> {
    await this.#control('stop', '-m', 'immediate');
  }

  /** Starts it again after {@link PostgresServer.stop}. */
  async start(): Promise<void> {
    await this.#control('start');
  }

  /** Asks again while the server is away. */
  async query(text: string): Promise<any[]> {
    for (let tries = 0; ; tries++) {
      const knex = knexFactory({
        client: 'pg',
        connection: this.connection,
        pool: { min: 0, max: 1 },
        acquireConnectionTimeout: 5_000,
        // It is away on purpose.
        log: { warn() {}, error() {}, deprecate() {}, debug() {} },
      });
      try {
        return (await knex.raw(text)).rows;
      } catch (error) {
        const { code = '' } = error as { code?: string };
        // What the statement itself is to blame for stays wrong.
        if (tries === 100 || /^(42|23)/.test(code)) {
          throw error;
        }
        await setTimeout(100);
      } finally {
        await knex.destroy();
      }
    }
  }

  async #control(command: string, ...args: string[]) {
    const options = [
      `-h 127.0.0.1 -p ${this.#port} -k ${this.#data}`,
      '-c max_connections=80 -c shared_buffers=64MB',
      // As operators are told: what a frozen replica holds is given back.
      '-c idle_in_transaction_session_timeout=3s',
    ].join(' ');
    const all = ['-D', this.#data, '-w', '-s', '-l', join(this.#data, 'log')];
    const child = spawn(
      join(this.#bin, 'pg_ctl'),
      [
        command,
        ...all,
        ...args,
        ...(command === 'stop' ? [] : ['-o', options]),
      ],
      { ...this.#options, stdio: 'ignore' },
    );
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', code =>
        code === 0
          ? resolve()
          : reject(new Error(`pg_ctl ${command} ended with ${code}`)),
      );
    });
  }
}

function binaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const found = versions
    .sort((left, right) => Number(right) - Number(left))
    .map(version => join(DEBIAN, version, 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')));
  if (!found) {
    throw new Error(
      'PostgreSQL is not installed: install the package postgresql, as npm test does',
    );
  }
  return found;
}

/** PostgreSQL does not run as root; its packages bring a user of its own. */
async function serverIdentity() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async flag =>
      Number((await run('id', [flag, 'postgres'])).stdout),
    ),
  );
  return { uid, gid };
}
