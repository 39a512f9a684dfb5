import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { CiProvider, CiWebhook } from '@ci-medic/plugin-ci-medic-node';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { failpoint, skips } from '../failpoints';
import { BodyBudget } from './BodyBudget';
import { Inbox } from './Inbox';
import { readBody } from './readBody';

/** What GitHub sends at most. */
const BODY_LIMIT = 25 * 1024 * 1024;
/** Room for two of the largest, or for hundreds of usual ones. */
const BUDGET = 2 * BODY_LIMIT;
const BODY_TIMEOUT_MS = 10_000;
/** GitHub waits 10 s for an answer. */
const STORE_TIMEOUT_MS = 5_000;
const RETRY_AFTER_S = 30;

/** How a delivery was answered, for the counter. */
export type DeliveryAnswer =
  | 'stored'
  | 'duplicate'
  | 'conflict'
  | 'unsigned'
  | 'malformed'
  | 'refused'
  | 'unavailable';

/**
 * The routes `POST /webhooks/:provider` of the providers whose webhooks are on. They are reached without
 * authentication: limits come first, the signature second, and nothing is read before the delivery is durable.
 */
export function createWebhookRouter(options: {
  providers: CiProvider[];
  inbox: Inbox;
  logger: LoggerService;
  /** Told about every answer. */
  onAnswer?: (provider: string, answer: DeliveryAnswer) => void;
  bodyTimeoutMs?: number;
  storeTimeoutMs?: number;
}): express.Router {
  const { providers, inbox, logger, onAnswer } = options;
  const { bodyTimeoutMs = BODY_TIMEOUT_MS } = options;
  const { storeTimeoutMs = STORE_TIMEOUT_MS } = options;
  const budget = new BodyBudget(BUDGET);
  const router = Router({ strict: true, caseSensitive: true });

  async function receive(
    provider: string,
    webhook: CiWebhook,
    request: Request,
    response: Response,
  ): Promise<DeliveryAnswer | undefined> {
    const outcome = await readBody({
      request,
      limit: BODY_LIMIT,
      timeoutMs: bodyTimeoutMs,
      budget,
    });
    if (outcome.kind === 'gone') {
      return undefined;
    }
    if (outcome.kind === 'refused') {
      refuse(request, response, outcome.status, outcome.reason);
      return 'refused';
    }
    const { body } = outcome;
    try {
      const delivery = webhook.verify({ headers: request.headers, body });
      const stored = inbox.store({ provider, delivery, body });
      const result = skips('webhook.commit')
        ? 'stored'
        : await within(storeTimeoutMs, stored);
      stored.catch(() => {});
      failpoint('webhook.stored');
      if (result === 'conflict') {
        logger.warn(
          `Suspicious: delivery ${delivery.deliveryId} of ${provider} came again with another body; the first one counts`,
        );
      }
      response.status(202).json({ delivery: result });
      return result;
    } catch (error) {
      const { name, message } = toError(error);
      if (name === 'AuthenticationError') {
        response.status(401).end();
        return 'unsigned';
      }
      if (name === 'InputError') {
        response.status(400).json({ error: { name, message } });
        return 'malformed';
      }
      logger.error(`A delivery of ${provider} could not be stored: ${message}`);
      refuse(request, response, 503, 'The delivery could not be stored');
      return 'unavailable';
    } finally {
      outcome.release();
    }
  }

  for (const { id, webhook } of providers) {
    if (webhook) {
      router.post(`/webhooks/${id}`, async (request, response) => {
        const answer = await receive(id, webhook, request, response);
        if (answer) {
          onAnswer?.(id, answer);
        }
      });
    }
  }
  // The authentication policy covers all paths below; nothing else may answer there.
  router.use('/webhooks', (_request, response) => {
    response.status(404).end();
  });
  return router;
}

/** Answers, and closes the connection without keeping what still arrives. */
function refuse(
  request: Request,
  response: Response,
  status: number,
  message: string,
): void {
  response.status(status).set('Connection', 'close');
  if (status === 503) {
    response.set('Retry-After', String(RETRY_AFTER_S));
  }
  if (!request.readableEnded) {
    request.resume();
    const timer = setTimeout(() => request.destroy(), 1_000);
    request.once('close', () => clearTimeout(timer));
  }
  response.json({ error: { message } });
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer of the database in ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer!);
    promise.catch(() => {});
  }
}
