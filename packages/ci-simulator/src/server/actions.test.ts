import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';
import { OpenApi } from '../__testUtils__/OpenApi';
import { WebhookReceiver } from '../__testUtils__/WebhookReceiver';

describe('changes that clients ask for', () => {
  const openApi = OpenApi.create();
  let simulator: Simulator;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = await WebhookReceiver.create();
    simulator = await createSimulator({
      load: { runs: 30, failing: 0.5, repositories: 2 },
      reruns: { haste: 2000 },
      webhook: { url: receiver.url, secret: 'secret' },
    });
  });

  afterEach(async () => {
    await simulator.close();
    await receiver.close();
  });

  const failed = () =>
    simulator.runs().find(({ conclusion }) => conclusion === 'failure')!;
  const post = async (path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      method: 'POST',
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  };
  const runPath = (run: { repository: string; id: number }) =>
    `/repos/${run.repository}/actions/runs/${run.id}`;
  const completed = (run: number, attempt: number) =>
    receiver.until(
      ({ event, body }) =>
        event === 'workflow_run' &&
        body.action === 'completed' &&
        body.workflow_run.id === run &&
        body.workflow_run.run_attempt === attempt,
    );

  it('reruns failed jobs, carries the others over, and tells of it', async () => {
    const run = failed();
    simulator.outcomes.add({ run: run.id, conclusion: 'success' });
    const answer = await post(`${runPath(run)}/rerun-failed-jobs`);
    expect(answer).toEqual({ status: 201, body: {} });
    const end = await completed(run.id, 2);
    expect(end.body.workflow_run.conclusion).toBe('success');
    const { attempts } = simulator.world.run(run.id)!.run;
    const [before, after] = attempts;
    expect(after.jobs.map(({ isCarriedOver }) => !isCarriedOver)).toEqual(
      before.jobs.map(({ conclusion }) => conclusion === 'failure'),
    );
    const told = receiver.messages.filter(
      ({ body }) =>
        (body.workflow_run?.id ?? body.workflow_job?.run_id) === run.id,
    );
    expect(told.map(({ event, body }) => `${event} ${body.action}`)).toEqual([
      'workflow_run requested',
      'workflow_job queued',
      'workflow_run in_progress',
      'workflow_job in_progress',
      'workflow_job completed',
      'workflow_run completed',
    ]);
    for (const { event, body } of told) {
      expect(openApi.problemsOfWebhook(event, body.action, body)).toEqual([]);
    }
    expect(simulator.ledgerEntries()).toEqual([
      expect.objectContaining({
        action: 'rerun-failed-jobs',
        ...{ run: run.id, fromAttempt: 1, toAttempt: 2 },
      }),
    ]);
  });

  it('refuses what is running, old, or was rerun 50 times', async () => {
    const run = failed();
    simulator.outcomes.add({ run: run.id, conclusion: 'failure' });
    const asked: number[] = [];
    const refusals: Array<{ status: number; body: any }> = [];
    for (let attempt = 2; attempt <= 51; attempt++) {
      asked.push((await post(`${runPath(run)}/rerun`)).status);
      refusals.push(await post(`${runPath(run)}/rerun-failed-jobs`));
      simulator.timeline.advance(600_000);
    }
    expect(asked).toEqual(asked.map(() => 201));
    for (const { status, body } of refusals) {
      expect(status).toBe(403);
      expect(body.message).toBe('This workflow is already running');
      expect(openApi.problemsOfError(body)).toEqual([]);
    }
    expect((await post(`${runPath(run)}/rerun`)).status).toBe(403);
    const other = simulator.runs().find(({ id }) => id !== run.id)!;
    simulator.timeline.advance(31 * 86_400_000);
    expect((await post(`${runPath(other)}/rerun`)).status).toBe(403);
    expect(simulator.ledgerEntries()).toHaveLength(50);
  });

  it('reruns one job, cancels, dispatches', async () => {
    const run = failed();
    const [owner] = run.repository.split('/');
    const job = simulator.world.run(run.id)!.run.attempts[0].jobs[1];
    const path = `/repos/${run.repository}/actions/jobs/${job.id}/rerun`;
    expect((await post(path)).status).toBe(201);
    expect((await post(`${runPath(run)}/cancel`)).status).toBe(202);
    const { attempts } = simulator.world.run(run.id)!.run;
    expect(attempts[1].conclusion).toBe('cancelled');
    expect(await post(`${runPath(run)}/cancel`)).toMatchObject({ status: 409 });
    expect((await post(path)).status).toBe(403);
    const dispatches = `/repos/${run.repository}/actions/workflows/ci.yml/dispatches`;
    const wrong = await post(dispatches, { ref: 'nowhere' });
    expect(wrong.status).toBe(422);
    const asked = await post(dispatches, {
      ...{ ref: 'main', inputs: { why: owner }, return_run_details: true },
    });
    expect(asked.status).toBe(200);
    const end = await completed(asked.body.workflow_run_id, 1);
    expect(end.body.workflow_run.event).toBe('workflow_dispatch');
    const actions = simulator.ledgerEntries().map(({ action }) => action);
    expect(actions).toEqual(['rerun-job', 'cancel', 'dispatch']);
  });

  it.each([
    ['execute-then-drop', {}, 1],
    ['fail-before', { drop: true }, 0],
    ['act-late', { milliseconds: 20, atMost: 40 }, 1],
  ])('%s', async (kind, more, executed) => {
    const run = failed();
    const path = `${runPath(run)}/rerun-failed-jobs`;
    simulator.faults.add({ kind, path: '/repos/**', ...more } as never);
    await expect(post(path)).rejects.toThrow();
    const atOnce = simulator.ledgerEntries().length;
    expect(atOnce).toBe(kind === 'act-late' ? 0 : executed);
    if (executed) {
      await completed(run.id, 2);
    }
    expect(simulator.ledgerEntries()).toHaveLength(executed);
    expect((await post(path)).status).toBe(201);
  });

  it('answers 502 without doing anything, as likely as asked', async () => {
    const plan = () => {
      simulator.faults.clear();
      simulator.faults.add({
        ...{ kind: 'fail-before', path: '/repos/**/cancel' },
        ...{ probability: 0.3, seed: 7 },
      });
    };
    const path = `${runPath(failed())}/cancel`;
    const statuses: number[] = [];
    plan();
    for (let index = 0; index < 100; index++) {
      statuses.push((await post(path)).status);
    }
    const hits = statuses.filter(status => status === 502).length;
    expect(new Set(statuses)).toEqual(new Set([409, 502]));
    expect(hits).toBeGreaterThan(15);
    expect(hits).toBeLessThan(45);
  });

  it('loses, duplicates, delays and reorders webhooks', async () => {
    const { id } = failed();
    const wanted = { run: id, events: ['workflow_run' as const] };
    simulator.faults.add({ kind: 'webhook-lose', action: 'requested' });
    simulator.faults.add({ kind: 'webhook-reorder', action: 'in_progress' });
    simulator.faults.add({ kind: 'webhook-duplicate', action: 'completed' });
    const [lost] = await simulator.deliver(wanted);
    await receiver.until(({ body }) => body.action === 'in_progress');
    const actions = () => receiver.messages.map(({ body }) => body.action);
    expect(actions()).toEqual(['completed', 'completed', 'in_progress']);
    const [first, second] = receiver.messages;
    expect(first.delivery).toBe(second.delivery);
    await simulator.redeliver(lost.id);
    expect(actions().at(-1)).toBe('requested');
  });

  it('gives signed deliveries to those who send them themselves', async () => {
    const url = `${simulator.url}/_simulator/webhooks?event=workflow_run&action=completed`;
    const lines = (await (await fetch(url)).text()).trim().split('\n');
    expect(lines).toHaveLength(30);
    const { headers, body } = JSON.parse(lines[0]);
    await fetch(receiver.url, { method: 'POST', headers, body });
    expect(receiver.received).toHaveLength(1);
  });
});
