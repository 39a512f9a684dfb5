import { IncomingMessage } from 'http';
import { BodyBudget } from './BodyBudget';

/**
 * A body, or the HTTP status with which to refuse it.
 */
export type BodyOutcome =
  | { kind: 'body'; body: Buffer; release(): void }
  | { kind: 'refused'; status: 408 | 413 | 415 | 503; reason: string }
  | { kind: 'gone' };

/**
 * Reads a request's body within limits of size, time and memory, and stops reading as soon as one is exceeded. An
 * encoded body is refused, because the signature covers other bytes than those that would be read.
 */
export function readBody(options: {
  request: IncomingMessage;
  limit: number;
  timeoutMs: number;
  budget: BodyBudget;
}): Promise<BodyOutcome> {
  const { request, limit, timeoutMs, budget } = options;
  const tooLarge = {
    kind: 'refused',
    status: 413,
    reason: `The body is larger than ${limit} bytes`,
  } as const;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    return Promise.resolve({
      kind: 'refused',
      status: 415,
      reason: 'An encoded body is not accepted',
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    return Promise.resolve(tooLarge);
  }
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer: { current?: NodeJS.Timeout } = {};
    const listeners: Record<string, (chunk: Buffer) => void> = {};
    const finish = (outcome: BodyOutcome) => {
      clearTimeout(timer.current);
      for (const [event, listener] of Object.entries(listeners)) {
        request.off(event, listener);
      }
      if (outcome.kind !== 'body') {
        request.pause();
        budget.giveBack(size);
      }
      resolve(outcome);
    };
    const refuse = (status: 408 | 503, reason: string) =>
      finish({ kind: 'refused', status, reason });
    listeners.data = chunk => {
      if (size + chunk.length > limit) {
        finish(tooLarge);
      } else if (!budget.take(chunk.length)) {
        refuse(503, 'Too many deliveries at the same time');
      } else {
        size += chunk.length;
        chunks.push(chunk);
      }
    };
    listeners.end = () =>
      finish({
        kind: 'body',
        body: Buffer.concat(chunks, size),
        release: () => budget.giveBack(size),
      });
    listeners.close = () => finish({ kind: 'gone' });
    listeners.error = listeners.close;
    for (const [event, listener] of Object.entries(listeners)) {
      request.on(event, listener);
    }
    timer.current = setTimeout(
      () => refuse(408, `The body did not arrive within ${timeoutMs} ms`),
      timeoutMs,
    );
  });
}
