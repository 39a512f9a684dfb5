import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';

/** Puts the work off without counting it as a failure. */
export function wait(milliseconds: number, reason: string): RateLimitedError {
  return new RateLimitedError(reason, new Date(Date.now() + milliseconds));
}
