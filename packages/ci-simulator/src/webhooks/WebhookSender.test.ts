import { createHmac } from 'crypto';
import { OpenApi } from '../__testUtils__/OpenApi';
import { WebhookReceiver } from '../__testUtils__/WebhookReceiver';
import { recorded, writeRecording } from '../__testUtils__/writeRecording';
import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';

const secret = 'Ein Geheimnis';

describe('webhooks', () => {
  let receiver: WebhookReceiver;
  let simulator: Simulator;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    receiver = await WebhookReceiver.create();
    const recording = await writeRecording();
    remove = recording.remove;
    simulator = await createSimulator({
      recordings: recording.folder,
      webhook: { url: receiver.url, secret, hookId: 42 },
    });
  });

  afterEach(async () => {
    await simulator.close();
    await receiver.close();
    await remove();
  });

  const actions = () =>
    receiver.received.map(({ headers, body }) => {
      const { action, workflow_job: job } = JSON.parse(body.toString());
      const event = headers['x-github-event'];
      return job ? `${event} ${action} ${job.name}` : `${event} ${action}`;
    });

  it('tells the story of an attempt in its order', async () => {
    await simulator.deliver({ run: recorded.flakyRun, attempt: 1 });
    const unit = 'unit / "fast"';
    expect(actions()).toEqual([
      'workflow_run requested',
      'workflow_run in_progress',
      `workflow_job queued ${unit}`,
      `workflow_job in_progress ${unit}`,
      `workflow_job completed ${unit}`,
      'workflow_job queued deploy',
      'workflow_job completed deploy',
      'workflow_run completed',
    ]);
  });

  it('is in GitHub’s form, and shows things as they were then', async () => {
    const openApi = OpenApi.create();
    await simulator.deliver({ run: recorded.flakyRun });
    for (const { headers, body } of receiver.received) {
      const payload = JSON.parse(body.toString());
      const event = headers['x-github-event'] as string;
      expect(openApi.problemsOfWebhook(event, payload.action, payload)).toEqual(
        [],
      );
      const { status, conclusion } =
        payload.workflow_run ?? payload.workflow_job;
      const isOver = payload.action === 'completed';
      expect(status === 'completed').toBe(isOver);
      expect(conclusion === null).toBe(!isOver);
    }
  });

  it('signs the bytes that it sends', async () => {
    await simulator.deliver({
      run: recorded.flakyRun,
      events: ['workflow_run'],
      actions: ['completed'],
    });
    const [{ headers, body }] = receiver.received;
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    expect(headers).toMatchObject({
      'x-hub-signature-256': `sha256=${digest}`,
      'x-github-event': 'workflow_run',
      'x-github-hook-id': '42',
      'content-type': 'application/json',
    });
    expect(headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends again with the same id and the same bytes', async () => {
    receiver.status = 500;
    const [first] = await simulator.deliver({
      run: recorded.flakyRun,
      actions: ['requested'],
    });
    expect(first.attempts.map(({ status }) => status)).toEqual([500]);
    receiver.status = 202;
    const again = await simulator.redeliver(first.id);
    expect(again.attempts.map(({ status }) => status)).toEqual([500, 202]);
    const [one, other] = receiver.received;
    expect(other.body.equals(one.body)).toBe(true);
    expect(other.headers['x-github-delivery']).toBe(first.id);
    expect(other.headers['x-hub-signature-256']).toBe(
      one.headers['x-hub-signature-256'],
    );
    await expect(simulator.redeliver('unknown')).rejects.toThrow('delivery');
  });

  it('says when nobody answers', async () => {
    simulator.setWebhook({ url: 'http://127.0.0.1:1/', secret });
    const [delivery] = await simulator.deliver({
      run: recorded.flakyRun,
      actions: ['completed'],
    });
    expect(delivery.attempts[0].status).toBeUndefined();
    expect(delivery.attempts[0].error).toBeTruthy();
  });

  it('is steered over HTTP', async () => {
    const control = (path: string, method: string, body?: object) =>
      fetch(`${simulator.url}/_simulator${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { runs } = await (await control('/runs', 'GET')).json();
    expect(runs).toHaveLength(recorded.otherRuns + 1);
    const answer = await control('/deliveries', 'POST', {
      run: runs[0].id,
      events: ['workflow_run'],
    });
    expect(answer.status).toBe(201);
    const { deliveries } = await answer.json();
    expect(deliveries).toHaveLength(3);
    const again = `/deliveries/${deliveries[0].id}/attempts`;
    expect((await control(again, 'POST')).status).toBe(201);
    expect(receiver.received).toHaveLength(4);
    const wrong = await control('/deliveries', 'POST', { run: 'x' });
    expect(wrong.status).toBe(422);
    const unknown = await control('/deliveries', 'POST', { run: 5 });
    expect(unknown.status).toBe(422);
    const target = { url: receiver.url, secret: 'other' };
    expect((await control('/webhook', 'PUT', target)).status).toBe(204);
  });
});
