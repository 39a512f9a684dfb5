import { createSimulator } from '../createSimulator';
import { apiRoutes } from '../server/apiRouter';
import { Simulator } from '../Simulator';
import { OpenApi } from '../__testUtils__/OpenApi';
import { WebhookReceiver } from '../__testUtils__/WebhookReceiver';

// Weeks pass while these run.
jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const REPOSITORY = '/repos/meridian/checkout';

describe('the living organisation behind GitHub’s API', () => {
  const openApi = OpenApi.create();
  let simulator: Simulator;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    receiver = await WebhookReceiver.create();
    simulator = await createSimulator({
      organisation: {
        ...{ seed: 1, weeks: 1, speed: 0 },
        until: Date.UTC(2026, 9, 28, 12),
      },
      webhook: { url: receiver.url, secret: 'secret' },
    });
  });

  afterAll(async () => {
    await simulator.close();
    await receiver.close();
  });

  const ask = async (path: string, method = 'GET', body?: object) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      ...{ method, redirect: 'manual' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text && answer.status !== 302 ? JSON.parse(text) : undefined,
    };
  };

  it('lives on, and tells of it', async () => {
    simulator.timeline.advance(6 * HOUR_MS);
    await simulator.settled();
    const events = new Set(receiver.messages.map(({ event }) => event));
    expect(events).toEqual(
      new Set(['workflow_run', 'workflow_job', 'deployment_status']),
    );
    for (const { event, body } of receiver.messages.slice(0, 200)) {
      const action = event === 'deployment_status' ? 'created' : body.action;
      expect(openApi.problemsOfWebhook(event, action, body)).toEqual([]);
    }
  });

  it('answers every route as GitHub’s OpenAPI description says', async () => {
    const repository = simulator.world.repository('meridian', 'checkout')!;
    const run = repository.runs.find(
      ({ attempts: [{ artifacts, status }] }) =>
        artifacts.length > 0 && status === 'completed',
    )!;
    const commits = [...repository.commits.values()];
    const parameters: Record<string, string> = {
      ...{ owner: 'meridian', repo: 'checkout', org: 'meridian' },
      ...{ archive_format: 'zip', hook_id: '1', branch: 'main' },
      ...{ path: 'src', attempt_number: '1', workflow_id: 'ci.yml' },
      run_id: String(run.id),
      job_id: String(run.attempts[0].jobs[0].id),
      check_run_id: String(run.attempts[0].jobs[0].id),
      artifact_id: String(run.attempts[0].artifacts[0].id),
      ref: run.sha,
      commit_sha: run.sha,
      basehead: `${commits[0].sha}...${commits.at(-1)!.sha}`,
      pull_number: String(
        repository.runs.find(each => each.pullRequests.length)!.pullRequests[0]
          .number,
      ),
      deployment_id: String(repository.deployments![0].id),
      runner_id: '',
      delivery_id: '',
    };
    const { body: runners } = await ask('/orgs/meridian/actions/runners');
    parameters.runner_id = String(runners.runners[0].id);
    const hooks = '/app/hook/deliveries';
    parameters.delivery_id = String((await ask(hooks)).body[0].id);
    const reading = apiRoutes.filter(({ method }) => method === 'get');
    for (const { template } of reading) {
      const values = { ...parameters };
      if (template.includes('/git/ref/')) {
        values.ref = 'heads/main';
      }
      const path = template.replace(/\{(\w+)\}/g, (_, name) =>
        name === 'ref' ? values[name] : encodeURIComponent(values[name]),
      );
      const { status, body } = await ask(path);
      const isDownload = /\/(logs|zip)$/.test(path);
      expect(`${template} ${status}`).toBe(
        `${template} ${isDownload ? 302 : 200}`,
      );
      // GitHub's description wants accounts of this list to be user and
      // enterprise at once; one installation by itself is described well.
      const isList = template === '/app/installations';
      const problems = openApi.problemsOfAnswer({
        ...{ method: 'get', status },
        template: isList ? '/repos/{owner}/{repo}/installation' : template,
        body: isList ? body[0] : body,
      });
      expect(`${template} ${problems}`).toBe(`${template} `);
    }
  });

  it('carries out each action for real, and notes it', async () => {
    const repository = simulator.world.repository('meridian', 'checkout')!;
    const { commits, deployments = [], caches = [] } = repository;
    const [good] = deployments.filter(
      ({ environment }) => environment === 'production',
    );
    const check = (
      answer: { status: number; body: unknown },
      method: string,
      template: string,
    ) =>
      expect(openApi.problemsOfAnswer({ method, template, ...answer })).toEqual(
        [],
      );

    const rollback = await ask(
      `${REPOSITORY}/actions/workflows/deploy.yml/dispatches`,
      'POST',
      {
        ...{ ref: 'main', return_run_details: true },
        inputs: { image: good.image, correlation_id: 'back-1' },
      },
    );
    expect(rollback.status).toBe(200);

    const key = caches[0].key;
    const removed = await ask(
      `${REPOSITORY}/actions/caches?key=${encodeURIComponent(key)}`,
      'DELETE',
    );
    check(removed, 'delete', '/repos/{owner}/{repo}/actions/caches');
    expect(removed.body.total_count).toBeGreaterThan(0);

    const { body: list } = await ask('/orgs/meridian/actions/runners');
    const runner = list.runners.find((each: any) => !each.busy);
    const labels = `/orgs/meridian/actions/runners/${runner.id}/labels`;
    const less = await ask(`${labels}/farm`, 'DELETE');
    check(
      less,
      'delete',
      '/orgs/{org}/actions/runners/{runner_id}/labels/{name}',
    );

    const sha = [...commits.keys()].at(-1)!;
    const ref = await ask(`${REPOSITORY}/git/refs`, 'POST', {
      ...{ ref: 'refs/heads/ci-medic/canary/1', sha },
    });
    check(ref, 'post', '/repos/{owner}/{repo}/git/refs');
    const canary = await ask(
      `${REPOSITORY}/actions/workflows/ci.yml/dispatches`,
      'POST',
      {
        ...{ ref: 'ci-medic/canary/1', return_run_details: true },
        inputs: {
          correlation_id: 'canary-1',
          runner: '["self-hosted","farm"]',
        },
      },
    );
    simulator.timeline.advance(HOUR_MS);
    const { run } = simulator.world.run(canary.body.workflow_run_id)!;
    const [attempt] = run.attempts;
    expect(attempt.status).toBe('completed');
    expect(run).toMatchObject({ title: 'canary-1', sha });
    for (const job of attempt.jobs.filter(each => each.runner)) {
      expect(job.runner!.name).toMatch(/^farm-/);
      expect(job.runner!.name).not.toBe(runner.name);
    }
    const deployed = simulator.world.run(rollback.body.workflow_run_id)!.run;
    expect(deployed.attempts[0].status).toBe('completed');
    const newest = repository.deployments!.findLast(
      each => each.run === deployed.id,
    );
    expect(newest).toMatchObject({ image: good.image, sha: good.sha });

    const status = await ask(`${REPOSITORY}/statuses/${sha}`, 'POST', {
      ...{ state: 'pending', context: 'ci-medic' },
    });
    check(status, 'post', '/repos/{owner}/{repo}/statuses/{sha}');
    const announced = await ask(`${REPOSITORY}/deployments`, 'POST', {
      ...{ ref: 'main', environment: 'staging' },
    });
    const announcements = '/repos/{owner}/{repo}/deployments';
    check(announced, 'post', announcements);
    const reported = await ask(
      `${REPOSITORY}/deployments/${announced.body.id}/statuses`,
      'POST',
      { state: 'in_progress' },
    );
    check(reported, 'post', `${announcements}/{deployment_id}/statuses`);

    const back = await ask(labels, 'PUT', { labels: ['farm'] });
    check(back, 'put', '/orgs/{org}/actions/runners/{runner_id}/labels');
    const gone = await ask(
      `${REPOSITORY}/git/refs/heads/ci-medic/canary/1`,
      'DELETE',
    );
    expect(gone.status).toBe(204);
    const actions = simulator.ledgerEntries().map(({ action }) => action);
    expect(actions).toEqual([
      ...['dispatch', 'delete-cache', 'set-runner-labels', 'create-ref'],
      ...['dispatch', 'create-status', 'create-deployment'],
      ...['create-deployment-status', 'set-runner-labels', 'delete-ref'],
    ]);
  });

  it('gives tokens to installations', async () => {
    const { body } = await ask(`${REPOSITORY}/installation`);
    const template = '/app/installations/{installation_id}/access_tokens';
    const path = `/app/installations/${body.id}/access_tokens`;
    const token = await ask(path, 'POST');
    expect(
      openApi.problemsOfAnswer({ method: 'post', template, ...token }),
    ).toEqual([]);
    expect(
      (await ask('/app/installations/7/access_tokens', 'POST')).status,
    ).toBe(404);
  });

  it('moves time as it is told', async () => {
    const { timeline } = simulator;
    const before = timeline.now();
    let steps = 0;
    await simulator.advance(2 * HOUR_MS, {
      ...{ step: HOUR_MS, afterStep: () => void steps++ },
    });
    expect(steps).toBe(2);
    expect(timeline.now()).toBe(before + 2 * HOUR_MS);
    await ask('/_simulator/clock', 'POST', { speed: 60_000 });
    while (timeline.now() < before + 3 * HOUR_MS) {
      await ask('/_simulator/clock');
    }
    await ask('/_simulator/clock', 'POST', { speed: 0 });
    const { body } = await ask('/_simulator/clock', 'POST', { advance: 1000 });
    expect(Date.parse(body.now)).toBe(timeline.now());
    expect((await ask('/_simulator/clock', 'POST', { speed: -1 })).status).toBe(
      422,
    );
    await simulator.settled();
  });

  it('tells benchmarks the truth', async () => {
    const { body } = await ask('/_simulator/truth');
    const [first] = body.jobs;
    const ofRun = await ask(`/_simulator/truth/runs/${first.run}`);
    expect(ofRun.body.jobs).toContainEqual(first);
    expect(ofRun.body.causes[0]).toHaveProperty('remedy');
  });
});
