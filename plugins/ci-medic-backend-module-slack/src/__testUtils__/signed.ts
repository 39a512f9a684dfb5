import { createHmac } from 'crypto';

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';

/** A request as Slack signs it. */
export function signed(
  payload: object | string,
  change: { secret?: string; at?: number; payload?: string } = {},
): { body: string; headers: Record<string, string> } {
  const { secret = signingSecret, at = Date.now() } = change;
  const json = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const body = `payload=${encodeURIComponent(json)}`;
  const time = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', secret)
    .update(`v0:${time}:${body}`)
    .digest('hex');
  return {
    body,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': time,
      'X-Slack-Signature': `v0=${signature}`,
    },
  };
}

let triggers = 0;

/** A button that somebody presses. */
export function pressOf(change: object = {}, button: object = {}) {
  return {
    type: 'block_actions',
    team: { id: 'T000000001', domain: 'acme' },
    api_app_id: 'A000MEDIC',
    user: { id: 'U0ANN', username: 'ann', team_id: 'T000000001' },
    channel: { id: 'C0PAYMENTS', name: 'payments-ci' },
    container: { type: 'message', message_ts: '1.1' },
    trigger_id: `13345224609.738474920.${++triggers}`,
    actions: [
      {
        ...{ type: 'button', block_id: 'ci-medic.actions.1' },
        action_id: 'ci-medic.rerun',
        value: 'rerunrerunrerunrerunreru',
        action_ts: '1764061200.000',
        ...button,
      },
    ],
    ...change,
  };
}
