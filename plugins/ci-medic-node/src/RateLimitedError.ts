import { CustomErrorBase } from '@backstage/errors';

/**
 * The CI system asks to wait. Work that meets it is put off until then, without counting as a failed attempt.
 *
 * @public
 */
export class RateLimitedError extends CustomErrorBase {
  name = 'RateLimitedError' as const;

  /** When calls may go on. */
  readonly retryAt: Date;

  constructor(message: string, retryAt: Date) {
    super(message);
    this.retryAt = retryAt;
  }
}
