import { isValidSlackRequest } from '@slack/bolt';
import { IncomingHttpHeaders } from 'http';

const WINDOW_MS = 5 * 60_000;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/**
 * Whether a request is from Slack and is not older or newer than five minutes. Bolt checks the signature in constant
 * time, but would take what comes from the future.
 */
export function verifyInteraction(request: {
  signingSecret: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Epoch milliseconds. */
  now: number;
}): boolean {
  const { signingSecret, headers, body, now } = request;
  const time = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof time !== 'string' || typeof signature !== 'string') {
    return false;
  }
  if (!/^\d{1,12}$/.test(time) || !SIGNATURE.test(signature)) {
    return false;
  }
  return (
    Math.abs(now - Number(time) * 1_000) <= WINDOW_MS &&
    isValidSlackRequest({
      ...{ signingSecret, body, nowMilliseconds: now },
      headers: {
        'x-slack-signature': signature,
        // As it was sent: the signature covers the text, not the number.
        'x-slack-request-timestamp': time as unknown as number,
      },
    })
  );
}
