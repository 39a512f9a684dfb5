import { ChildProcess, spawn } from 'child_process';
import { existsSync } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { setTimeout } from 'timers/promises';

/** What a query gave: labels, and the latest value. */
export type Answer = { metric: Record<string, string>; value: number }[];

const PATIENCE_MS = 30_000;

/**
 * A real Prometheus on the loopback interface, with a configuration of a test.
 */
export class PrometheusServer {
  /** Where the program is; `undefined` when it is not installed. */
  static readonly program = (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/bin')
    .map(folder => join(folder, 'prometheus'))
    .find(existsSync);

  /**
   * @param scrape - JSON of `scrape_configs`
   */
  static async start(scrape: object[]): Promise<PrometheusServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-prometheus-'));
    const port = await freePort();
    const file = join(folder, 'prometheus.yml');
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ scrape_configs: scrape }));
    const child = spawn(
      PrometheusServer.program!,
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const server = new PrometheusServer(child, folder, port);
    await server.#untilReady();
    return server;
  }

  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.url = `http://127.0.0.1:${port}`;
  }

  async query(query: string): Promise<Answer> {
    const search = new URLSearchParams({ query });
    const response = await fetch(`${this.url}/api/v1/query?${search}`);
    const body: any = await response.json();
    if (body.status !== 'success') {
      throw new Error(`${query}: ${body.error}`);
    }
    return body.data.result.map(({ metric, value }: any) => ({
      metric,
      value: Number(value[1]),
    }));
  }

  /** Asks until there is an answer. */
  async eventually(query: string): Promise<Answer> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.query(query);
      if (answer.length > 0) {
        return answer;
      }
      if (Date.now() > until) {
        throw new Error(`${query} has no answer`);
      }
      await setTimeout(100);
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise(done => {
      this.#child.once('exit', done);
    });
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #untilReady() {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        if ((await fetch(`${this.url}/-/ready`)).ok) {
          return;
        }
      } catch {
        // It does not listen yet.
      }
      if (Date.now() > until || this.#child.exitCode !== null) {
        throw new Error('Prometheus did not start');
      }
      await setTimeout(50);
    }
  }
}

async function freePort(): Promise<number> {
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
