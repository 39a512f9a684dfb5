import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { App, Receiver } from '@slack/bolt';
import express, { Request, Response, Router } from 'express';
import { SlackOrigin } from './SlackOrigin';
import { verifyInteraction } from './verifyInteraction';

const BODY_LIMIT = '256kb';
const BODY_TIMEOUT_MS = 5_000;
/** Slack tells people that it did not work after three seconds. */
const ANSWER_TIMEOUT_MS = 2_500;

type Options = {
  signingSecret: string;
  origin: SlackOrigin;
  logger: LoggerService;
  /** Epoch milliseconds. */
  now?: () => number;
};

/**
 * Takes interactions on Backstage's own router: limits first, then the signature, then where it comes from; only then
 * Bolt reads it. It is answered when the click is stored.
 */
export class SlackReceiver implements Receiver {
  readonly router: Router;
  readonly #options: Options;
  #app?: App;

  constructor(options: Options) {
    this.#options = options;
    const raw = express.raw({
      ...{ type: () => true, limit: BODY_LIMIT, inflate: false },
    });
    this.router = express.Router({ strict: true, caseSensitive: true });
    this.router.post(
      '/slack/interactions',
      (request, _response, next) => {
        request.setTimeout(BODY_TIMEOUT_MS, () => request.destroy());
        next();
      },
      raw,
      (request, response, next) => {
        this.#receive(request, response).catch(next);
      },
    );
    // The authentication policy covers all paths below; nothing else may answer there.
    this.router.use('/slack', (_request, response) => {
      response.status(404).end();
    });
    this.router.use(
      (
        error: { status?: number },
        _request: Request,
        response: Response,
        _next: unknown,
      ) => {
        const { status = 500 } = error;
        response.status(status).set('Connection', 'close').end();
      },
    );
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async #receive(request: Request, response: Response): Promise<void> {
    const { signingSecret, logger, origin, now = Date.now } = this.#options;
    const body = Buffer.isBuffer(request.body)
      ? request.body.toString('utf8')
      : '';
    const { headers } = request;
    if (!verifyInteraction({ signingSecret, headers, body, now: now() })) {
      response.status(401).end();
      return;
    }
    const payload = parse(body);
    if (!payload) {
      response.status(400).end();
      return;
    }
    if (!(await origin.isOurs(payload))) {
      logger.warn('A button of another Slack workspace or app was refused');
      response.status(403).end();
      return;
    }
    const isAnswered = await this.#process(payload, response);
    if (!isAnswered) {
      response.status(503).end();
    }
  }

  /** Resolves when Bolt has answered; false when it did not, or not in time. */
  async #process(payload: object, response: Response): Promise<boolean> {
    const { logger } = this.#options;
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(false), ANSWER_TIMEOUT_MS);
      const settle = (isAnswered: boolean) => {
        clearTimeout(timer);
        resolve(isAnswered);
      };
      this.#app!.processEvent({
        body: payload,
        ack: async (answer?: unknown) => {
          if (response.headersSent) {
            return;
          }
          if (answer === undefined || answer === '') {
            response.status(200).end();
          } else {
            response.status(200).json(answer);
          }
          settle(true);
        },
      }).then(
        () => settle(response.headersSent),
        error => {
          logger.error(
            `A click could not be stored: ${toError(error).message}`,
          );
          settle(response.headersSent);
        },
      );
    });
  }
}

function parse(body: string): object | undefined {
  try {
    const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '');
    return payload !== null && typeof payload === 'object'
      ? payload
      : undefined;
  } catch {
    return undefined;
  }
}
