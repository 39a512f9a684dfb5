import { once } from 'events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const categories = [
  ...['flaky_test', 'dependency', 'infrastructure', 'configuration', 'code'],
];

/** What a model says that takes everything for infrastructure, changed where a test likes. */
export function modelAnswer(
  change: Partial<
    Record<'categories' | 'probabilities' | 'transient', any>
  > = {},
) {
  const data = {
    ...{ categories, probabilities: [0.05, 0.05, 0.8, 0.05, 0.05] },
    ...{ transient: [0.9], ...change },
  };
  return {
    model_name: 'failure-classifier',
    model_version: '7',
    outputs: [
      {
        ...{ name: 'probabilities', datatype: 'FP32', shape: [1, 5] },
        parameters: { categories: data.categories?.join(',') },
        data: data.probabilities,
      },
      {
        ...{ name: 'transient', datatype: 'FP32', shape: [1, 1] },
        data: data.transient,
      },
    ],
  };
}

export const sendJson =
  (body: unknown): Answer =>
  response => {
    response.setHeader('content-type', 'application/json');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** A server of the Open Inference Protocol v2 that a test breaks in many ways. */
export class ModelServer {
  readonly asked: string[] = [];
  readonly bodies: any[] = [];
  answer: Answer = sendJson(modelAnswer());
  ready: Answer = sendJson({});
  readonly #server: Server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://any').pathname;
    this.asked.push(path);
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      if (chunks.length > 0) {
        this.bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
      }
      const isReady = path.endsWith('/ready');
      (isReady ? this.ready : this.answer)(response, request);
    });
  });
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Connections are cut; another start listens at the same place. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  asks(what: 'infer' | 'ready'): number {
    return this.asked.filter(path => path.endsWith(`/${what}`)).length;
  }
}
