import { type APIRequestContext, expect, request } from '@playwright/test';
import { createHmac, randomUUID } from 'node:crypto';

/** Where the workspace of the tests is; absent when the portal runs already and knows none. */
const apiUrl = process.env.CI_MEDIC_E2E_SLACK;

export const hasSlack = apiUrl !== undefined;

/** A message as Slack keeps it. */
export type SlackMessage = {
  ts: string;
  text: string;
  blocks: Array<{ type: string; elements?: unknown }>;
  metadata?: { event_payload?: { id?: string } };
};

async function call(method: string, body: object = {}) {
  const context = await request.newContext();
  const answer = await context.post(`${apiUrl}${method}`, {
    headers: { Authorization: 'Bearer xoxp-e2e' },
    data: body,
  });
  const result = await answer.json();
  await context.dispose();
  expect(result.ok, `${method}: ${result.error}`).toBe(true);
  return result;
}

/** The messages in a channel that tell of an alert. */
export async function messagesOf(
  channel: string,
  alertId: string,
): Promise<SlackMessage[]> {
  const { channels } = await call('conversations.list');
  const { id } = channels.find(
    ({ name }: { name: string }) => `#${name}` === channel,
  );
  const { messages } = await call('conversations.history', {
    channel: id,
    limit: 1_000,
  });
  return messages.filter(
    ({ metadata }: SlackMessage) => metadata?.event_payload?.id === alertId,
  );
}

/** Presses a button of a message as a person of the workspace, signed as Slack signs it. */
export async function pressInSlack(
  portal: APIRequestContext,
  options: { person: string; actionId: string; channel: string },
): Promise<number> {
  const { members } = await call('users.list');
  const user = members.find(
    ({ name }: { name: string }) => name === options.person,
  );
  const { channels } = await call('conversations.list');
  const channel = channels.find(
    ({ name }: { name: string }) => `#${name}` === options.channel,
  );
  const payload = {
    ...{ type: 'block_actions', api_app_id: 'A000MEDIC' },
    ...{ team: { id: 'T000000001' }, trigger_id: randomUUID() },
    user: { id: user.id, username: user.name },
    channel: { id: channel.id, name: channel.name },
    actions: [
      {
        ...{ type: 'button', block_id: 'x', action_id: 'ci-medic.rerun' },
        ...{ value: options.actionId, action_ts: '1' },
      },
    ],
  };
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const time = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', process.env.CI_MEDIC_E2E_SLACK_SECRET!)
    .update(`v0:${time}:${body}`)
    .digest('hex');
  const answer = await portal.post('/api/ci-medic/slack/interactions', {
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': time,
      'X-Slack-Signature': `v0=${signature}`,
    },
    data: body,
  });
  return answer.status();
}
