import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { ModelRepository } from '../models/ModelRepository';
import { ModelQueues } from '../serving/ModelQueues';
import { createModelApp } from './createModelApp';
import { ServiceMetrics } from './ServiceMetrics';

/**
 * How a model server works.
 *
 * @public
 */
export type ModelServerOptions = {
  /** Folder with `<model>/<version>/model.onnx`. */
  models: string;
  host?: string;
  /** 0 for any that is free. */
  port?: number;
  /** Failures that are judged together at most; 32 by default. */
  batchRows?: number;
  /** Failures that may wait before others are refused; 256 by default. */
  waitingRows?: number;
  /** Milliseconds between looks into the folder; 5,000 by default. */
  refreshMs?: number;
  log?(message: string): void;
};

/** A client has this long to send a request, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * A server of the Open Inference Protocol v2 over REST.
 *
 * @public
 */
export class ModelServer {
  /** Where it listens. */
  readonly url: string;
  readonly #state: { isReady: boolean };
  readonly #server: Server;
  readonly #repository: ModelRepository;
  readonly #queues: ModelQueues;
  readonly #timer: NodeJS.Timeout;
  #stopping?: Promise<void>;

  private constructor(options: {
    url: string;
    state: { isReady: boolean };
    server: Server;
    repository: ModelRepository;
    queues: ModelQueues;
    timer: NodeJS.Timeout;
  }) {
    this.url = options.url;
    this.#state = options.state;
    this.#server = options.server;
    this.#repository = options.repository;
    this.#queues = options.queues;
    this.#timer = options.timer;
  }

  /** Loads the models and listens. */
  static async start(options: ModelServerOptions): Promise<ModelServer> {
    const { models, host = '127.0.0.1', port = 0, log = () => {} } = options;
    const metrics = ServiceMetrics.create();
    const queues = ModelQueues.create({
      mostRows: options.batchRows ?? 32,
      mostWaiting: options.waitingRows ?? 256,
      onBatch: rows => metrics.batchRows.observe(rows),
    });
    const repository = await ModelRepository.open(models, model =>
      queues.drain(model),
    );
    metrics.watch({
      waiting: () => queues.waiting,
      models: () =>
        repository.list().map(({ name, version, model }) => ({
          ...{ name, version, usable: model !== undefined },
        })),
    });
    const state = { isReady: true };
    const app = createModelApp({
      ...{ repository, queues, metrics, log },
      isReady: () => state.isReady,
    });
    const server = createServer(app);
    server.requestTimeout = PATIENCE_MS;
    const timer = setInterval(() => {
      repository.refresh().catch(error => log(`${error}`));
    }, options.refreshMs ?? 5_000);
    timer.unref();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    const url = urlOf(server.address() as AddressInfo);
    return new ModelServer({ url, state, server, repository, queues, timer });
  }

  /** Looks at once what changed in the folder. */
  refresh(): Promise<void> {
    return this.#repository.refresh();
  }

  /** Takes nothing new, answers what waits, and ends. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#state.isReady = false;
    clearInterval(this.#timer);
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    await this.#queues.idle();
    this.#server.closeIdleConnections();
    await closed;
    await this.#repository.close();
  }
}

function urlOf({ address, port }: AddressInfo): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
