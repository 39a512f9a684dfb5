import { createHmac } from 'crypto';

/**
 * The headers that GitHub signs the bytes of a body with.
 *
 * @public
 */
export function signBody(
  secret: string,
  body: Buffer,
): Record<'X-Hub-Signature' | 'X-Hub-Signature-256', string> {
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
  return {
    'X-Hub-Signature': sign('sha1'),
    'X-Hub-Signature-256': sign('sha256'),
  };
}
