import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AlertChannel,
  AlertMessage,
  ciMedicAlertChannelsExtensionPoint,
} from '@ci-medic/plugin-ci-medic-node';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';

type Posted = {
  alertId: string;
  incidentId: string;
  turningPoint: AlertMessage['turningPoint'];
  isNote: boolean;
  /** On the clock of `performance`. */
  at: number;
};

/**
 * A chat server on the loopback interface, and a channel that posts to it over HTTP. It keeps what was posted when.
 */
export class PostedMessages {
  static async start(): Promise<PostedMessages> {
    const messages = new PostedMessages();
    await new Promise<void>(done => {
      messages.#server.listen(0, '127.0.0.1', done);
    });
    return messages;
  }

  readonly posted: Posted[] = [];
  readonly #server: Server;
  readonly #listeners = new Set<() => void>();

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      this.posted.push({ ...JSON.parse(body), at: performance.now() });
      response.end('{}');
      this.#listeners.forEach(listener => listener());
    });
  }

  /** What brings the channel into a backend. */
  get module(): BackendFeature {
    return createBackendModule({
      pluginId: 'ci-medic',
      moduleId: 'posted-messages',
      register: env =>
        env.registerInit({
          deps: { channels: ciMedicAlertChannelsExtensionPoint },
          init: async ({ channels }) => channels.addChannel(this.#channel()),
        }),
    });
  }

  /** Resolves with the first that fits from a time on, `undefined` when none came in time. */
  async first(
    fits: (posted: Posted) => boolean,
    options: { since: number; timeoutMs: number },
  ): Promise<Posted | undefined> {
    const { since, timeoutMs } = options;
    const find = () => this.posted.find(one => one.at >= since && fits(one));
    const end = AbortSignal.timeout(timeoutMs);
    for (let found = find(); ; found = find()) {
      if (found || end.aborted) {
        return found;
      }
      await this.#next(end);
    }
  }

  /** Resolves when something was posted, or at the end. */
  async #next(end: AbortSignal): Promise<void> {
    await new Promise<void>(resolve => {
      const done = () => {
        this.#listeners.delete(done);
        resolve();
      };
      this.#listeners.add(done);
      end.addEventListener('abort', done, { once: true });
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(done => {
      this.#server.close(done);
    });
  }

  #channel(): AlertChannel {
    const { port } = this.#server.address() as AddressInfo;
    return {
      ...{ id: 'posted', title: 'Posted messages' },
      route: ({ owners }) =>
        owners.length > 0
          ? owners.map(({ ref }) => ({
              ...{ destination: ref, because: 'It owns it' },
            }))
          : [{ destination: 'nobody', because: 'Nobody owns it' }],
      send: async ({ alertId, message, signal }) => {
        const { incidentId, turningPoint, kind } = message;
        const response = await fetch(`http://127.0.0.1:${port}/`, {
          method: 'POST',
          body: JSON.stringify({
            ...{ alertId, incidentId, turningPoint, isNote: kind === 'note' },
          }),
          signal,
        });
        await response.arrayBuffer();
        return { externalId: alertId };
      },
      // Occurrences go into the thread of their message.
      reply: async () => {},
    };
  }
}
