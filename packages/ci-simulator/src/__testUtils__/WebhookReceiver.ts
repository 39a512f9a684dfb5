import { EventEmitter, once } from 'events';
import { createServer, IncomingHttpHeaders, Server } from 'http';
import { AddressInfo } from 'net';

/** A delivery as it arrived. */
export type Received = { headers: IncomingHttpHeaders; body: Buffer };

/** A delivery, read. */
export type Message = { event: string; delivery: string; body: any };

/** Something that takes webhooks and remembers them. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** What is answered. */
  status = 202;
  readonly #server: Server;
  readonly #events = new EventEmitter();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async create(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const { headers } = request;
      receiver.received.push({ headers, body: Buffer.concat(chunks) });
      response.writeHead(receiver.status).end();
      receiver.#events.emit('received');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** What came, read. */
  get messages(): Message[] {
    return this.received.map(({ headers, body }) => ({
      event: String(headers['x-github-event']),
      delivery: String(headers['x-github-delivery']),
      body: JSON.parse(body.toString()),
    }));
  }

  /** The first that is as wanted, now or later. */
  async until(isWanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const wanted = this.messages.find(isWanted);
      if (wanted) {
        return wanted;
      }
      await once(this.#events, 'received');
    }
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/webhooks`;
  }

  /** Resolves when so many deliveries have come. */
  async untilReceived(count: number): Promise<void> {
    while (this.received.length < count) {
      await once(this.#events, 'received');
    }
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
