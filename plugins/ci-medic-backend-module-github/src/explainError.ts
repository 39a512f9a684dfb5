import { NotFoundError } from '@backstage/errors';
import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';

/** What GitHub asks to wait after a secondary limit without saying how long. */
const SECONDARY_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 2 * 3_600_000;
const MESSAGE_LENGTH = 300;

type Headers = Record<string, string | number | undefined>;

type FailedRequest = {
  status?: number;
  message?: string;
  cause?: unknown;
  response?: { headers?: Headers };
};

/**
 * Turns an error of a call into one that says what to do about it. Nothing of the request stays in it.
 */
export function explainError(error: unknown, now = Date.now()): Error {
  const { status, response, cause } = error as FailedRequest;
  const { message: whole = '' } = error as FailedRequest;
  const message = whole.slice(0, MESSAGE_LENGTH);
  const headers = response?.headers ?? {};
  if (status === 404 || status === 410) {
    return new NotFoundError(`GitHub does not have it: ${message}`);
  }
  if (status === 429 || (status === 403 && isLimit(headers, message))) {
    const retryAt = Math.min(
      retryTimeOf(headers, now) ?? now + SECONDARY_PAUSE_MS,
      now + LONGEST_PAUSE_MS,
    );
    return new RateLimitedError(
      `GitHub's rate limit is reached: ${message}`,
      new Date(Math.max(retryAt, now)),
    );
  }
  if (status === 401 || status === 403) {
    return new Error(
      `GitHub refuses the credentials of integrations.github: ${message}`,
    );
  }
  if (status === undefined || !response) {
    const reason = (cause as Error | undefined)?.message ?? message;
    return new Error(`GitHub cannot be reached: ${reason}`);
  }
  return new Error(`GitHub answered ${status}: ${message}`);
}

function isLimit(headers: Headers, message: string): boolean {
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /rate limit|abuse/i.test(message)
  );
}

function retryTimeOf(headers: Headers, now: number): number | undefined {
  const retryAfter = String(headers['retry-after'] ?? '');
  if (/^\d+$/.test(retryAfter)) {
    return now + Number(retryAfter) * 1_000;
  }
  const retryDate = Date.parse(retryAfter);
  if (!Number.isNaN(retryDate)) {
    return retryDate;
  }
  const reset = Number(headers['x-ratelimit-reset']);
  const isUsedUp = String(headers['x-ratelimit-remaining']) === '0';
  return isUsedUp && Number.isFinite(reset) ? reset * 1_000 + 1_000 : undefined;
}
