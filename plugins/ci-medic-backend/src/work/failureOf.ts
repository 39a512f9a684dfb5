import { ErrorLike, toError } from '@backstage/errors';
import { backoffMs } from './backoff';

/**
 * What becomes of work that failed.
 */
export type WorkFailure =
  | { kind: 'dead'; reason: string }
  | { kind: 'again'; reason: string; delayMs: number; counts: boolean };

/** Trying again cannot change these. */
const incurable = new Set(['InputError', 'NotFoundError', 'ZodError']);

const SHORTEST_WAIT_MS = 1_000;

/**
 * Decides by the error whether work is tried again, and when. Errors are told apart by name, because modules may bring
 * their own copy of a class.
 */
export function failureOf(options: {
  error: unknown;
  /** Number of this attempt, from 1. */
  attempt: number;
  maxAttempts: number;
  /** Present time of this process in epoch milliseconds. */
  now: number;
  random?: () => number;
}): WorkFailure {
  const { attempt, maxAttempts, now, random } = options;
  const error = toError(options.error);
  const reason = `${error.name}: ${error.message}`;
  if (incurable.has(error.name)) {
    return { kind: 'dead', reason };
  }
  const retryAt = retryTimeOf(error);
  if (retryAt !== undefined) {
    const delayMs = Math.max(retryAt - now, SHORTEST_WAIT_MS);
    return { kind: 'again', reason, delayMs, counts: false };
  }
  if (attempt >= maxAttempts) {
    return {
      kind: 'dead',
      reason: `given up after ${attempt} attempts: ${reason}`,
    };
  }
  return {
    kind: 'again',
    reason,
    delayMs: backoffMs(attempt, random),
    counts: true,
  };
}

function retryTimeOf(error: ErrorLike): number | undefined {
  return error.name === 'RateLimitedError' && error.retryAt instanceof Date
    ? error.retryAt.getTime()
    : undefined;
}
