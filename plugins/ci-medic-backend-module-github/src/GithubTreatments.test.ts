import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { createSimulator, Simulator } from '@ci-medic/ci-simulator';
import { EffectRefusedError } from '@ci-medic/plugin-ci-medic-node';
import { GithubClients } from './GithubClients';
import { GithubProvider } from './GithubProvider';

// Two weeks of an organisation pass before it begins.
jest.setTimeout(60_000);

const MINUTE_MS = 60_000;

describe('what treatments do in GitHub', () => {
  let simulator: Simulator;
  let provider: GithubProvider;
  const { signal } = new AbortController();

  beforeAll(async () => {
    simulator = await createSimulator({
      organisation: {
        ...{ seed: 5, weeks: 2, speed: 0 },
        until: Date.UTC(2026, 9, 28, 8),
      },
      rateLimit: { limit: 1_000_000, windowSeconds: 3600 },
    });
    const { host } = new URL(simulator.url);
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            { host, apiBaseUrl: `http://${host}/api/v3`, token: 'token' },
          ],
        },
      }),
    );
    const logger = mockServices.logger.mock();
    const clients = new GithubClients({
      ...{ integrations, logger },
      credentials:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    });
    provider = new GithubProvider({ clients, integrations, logger });
  });

  afterAll(() => simulator.close());

  const project = (name: string) => ({
    ...{ provider: 'github', host: new URL(simulator.url).host },
    slug: `meridian/${name}`,
  });
  /** A service that was deployed. */
  const service = () =>
    [...simulator.world.repositories()].find(
      ({ deployments = [] }) => deployments.length > 2,
    )!;

  it('takes the labels of a runner and gives them back', async () => {
    const { runners } = provider.effects;
    const request = { project: project(service().name), name: 'farm-01' };
    const before = (await runners.find(request))!;
    expect(before.labels).toContain('farm');
    const { runnerId } = before;
    const take = await runners.prepareLabels({
      ...{ ...request, runnerId, labels: [] },
    });
    expect((await runners.find(request))!.labels).toEqual(before.labels);
    await take(signal);
    expect((await runners.find(request))!.labels).toEqual([]);
    const give = await runners.prepareLabels({
      ...{ ...request, runnerId, labels: before.labels },
    });
    await give(signal);
    expect((await runners.find(request))!.labels).toEqual(before.labels);
    expect(await runners.find({ ...request, name: 'none' })).toBeUndefined();
  });

  it('lists the caches of a branch and deletes one', async () => {
    const { caches } = provider.effects;
    const { name } = [...simulator.world.repositories()].find(
      ({ caches: stored = [] }) =>
        stored.some(({ ref }) => ref === 'refs/heads/main'),
    )!;
    const request = { project: project(name), branch: 'main', key: '' };
    const before = await caches.list(request);
    expect(before.length).toBeGreaterThan(0);
    const [{ cacheId, key }] = before;
    expect(await caches.list({ ...request, key })).toHaveLength(1);
    expect(await caches.list({ ...request, key: 'none' })).toEqual([]);
    const remove = await caches.prepareDelete({ ...request, cacheId });
    await remove(signal);
    expect(await caches.list({ ...request, key })).toEqual([]);
    // It is gone: GitHub says so, and nothing happens.
    const again = await caches.prepareDelete({ ...request, cacheId });
    await expect(again(signal)).rejects.toBeInstanceOf(EffectRefusedError);
  });

  it('makes branches, starts workflows on them, and finds the runs again', async () => {
    const { refs, workflows } = provider.effects;
    const { name, branches } = service();
    const sha = branches!.get('main')!;
    const request = { project: project(name), branch: 'ci-medic/canary/x' };
    const parent = await refs.parentOf({ ...request, sha });
    expect(parent).toMatch(/^[0-9a-f]{40}$/);
    expect(await refs.head(request)).toBeUndefined();
    await (
      await refs.prepareCreate({ ...request, sha: parent! })
    )(signal);
    expect(await refs.head(request)).toBe(parent);
    const start = await workflows.prepareDispatch({
      ...request,
      workflow: '.github/workflows/ci.yml',
      inputs: {
        correlation_id: 'ci-medic-abc-suspect-1',
        runner: JSON.stringify(['self-hosted', 'farm']),
      },
    });
    const receipt = await start(signal);
    const query = {
      ...{ ...request, workflow: 'ci.yml', correlationId: 'ci-medic-abc' },
    };
    expect(await workflows.findRuns(query)).toMatchObject([
      {
        ...{ ...receipt, title: 'ci-medic-abc-suspect-1', headSha: parent },
        attempt: 1,
      },
    ]);
    expect(
      await workflows.findRuns({ ...query, correlationId: 'ci-medic-abd' }),
    ).toEqual([]);
    const active = await workflows.activeRuns(query);
    expect(active.map(({ runId }) => runId)).toContain(receipt!.runId);
    expect(active.map(({ status }) => status)).not.toContain('completed');
    await (
      await refs.prepareDelete(request)
    )(signal);
    expect(await refs.head(request)).toBeUndefined();
  });

  it('sees deployments as they stand, and goes back to one by the deploy workflow', async () => {
    const { deployments, workflows } = provider.effects;
    const request = {
      ...{ project: project(service().name), environment: 'production' },
    };
    const before = await deployments.list(request);
    const healthy = before.find(
      ({ state, artifact }) =>
        artifact !== before[0].artifact &&
        (state === 'inactive' || state === 'success'),
    )!;
    expect(healthy.artifact).toMatch(/\S/);
    const start = await workflows.prepareDispatch({
      ...{ ...request, workflow: 'deploy.yml', branch: 'main' },
      inputs: { image: healthy.artifact!, correlation_id: 'ci-medic-back' },
    });
    await start(signal);
    const states = new Set<string>();
    for (let minutes = 0; minutes < 240; minutes++) {
      simulator.timeline.advance(MINUTE_MS);
      const [newest] = await deployments.list(request);
      if (newest.artifact === healthy.artifact) {
        states.add(newest.state);
      }
      if (
        newest.artifact === healthy.artifact &&
        newest.state !== 'in_progress'
      ) {
        break;
      }
    }
    expect([...states].at(-1)).toMatch(/success|failure/);
  });

  it('runs a single job again', async () => {
    const located = [...simulator.world.repositories()]
      .flatMap(({ runs }) => runs)
      .filter(run => run.workflow.path.endsWith('ci.yml'))
      .map(({ id }) => simulator.world.run(id)!)
      .findLast(({ run }) => run.attempts.at(-1)!.conclusion === 'failure')!;
    const attempt = located.run.attempts.at(-1)!;
    const job = attempt.jobs.find(
      ({ conclusion }) => conclusion === 'failure',
    )!;
    const request = { project: project(located.repository.name) };
    const again = await provider.effects.prepareRerunJob({
      ...{ ...request, jobId: String(job.id) },
    });
    await again(signal);
    expect(
      await provider.effects.observeRun({
        ...{ ...request, runId: String(located.run.id) },
      }),
    ).toMatchObject({ attempt: attempt.attempt + 1 });
  });
});
