import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { createSimulator, Simulator } from '@ci-medic/ci-simulator';
import {
  EffectRefusedError,
  RateLimitedError,
} from '@ci-medic/plugin-ci-medic-node';
import { GithubClients } from './GithubClients';
import { GithubProvider } from './GithubProvider';

describe('GithubEffects', () => {
  let simulator: Simulator;
  let provider: GithubProvider;

  beforeEach(async () => {
    simulator = await createSimulator({
      load: { runs: 20, failing: 0.5 },
      reruns: { haste: 100 },
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

  afterEach(() => simulator.close());

  function failed() {
    const run = simulator
      .runs()
      .find(({ conclusion }) => conclusion === 'failure')!;
    const { host } = new URL(simulator.url);
    return {
      project: { provider: 'github', host, slug: run.repository },
      runId: String(run.id),
      branch: 'main',
    };
  }
  const { signal } = new AbortController();

  it('sees a run as it is, and runs its failed jobs again', async () => {
    const { effects } = provider;
    const run = failed();
    const before = await effects.observeRun(run);
    expect(before).toMatchObject({
      attempt: 1,
      status: 'completed',
      conclusion: 'failure',
      headSha: expect.stringMatching(/^[0-9a-f]{40}$/),
      branchHead: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    const rerun = await effects.prepareRerunFailedJobs(run);
    expect(simulator.ledger.entries()).toEqual([]);
    await rerun(signal);
    expect(simulator.ledger.entries()).toMatchObject([
      { action: 'rerun-failed-jobs', fromAttempt: 1, toAttempt: 2 },
    ]);
    expect(await effects.observeRun(run)).toMatchObject({ attempt: 2 });
    expect(
      await effects.observeRun({ ...run, branch: 'gone' }),
    ).not.toHaveProperty('branchHead', expect.anything());
  });

  it('asks once, and tells a refusal from an answer that never came', async () => {
    const { effects } = provider;
    const path = '/repos/*/*/actions/runs/*/rerun-failed-jobs';
    const run = failed();
    const call = async () => {
      const rerun = await effects.prepareRerunFailedJobs(run);
      return rerun(signal).then(
        () => 'done',
        error => error,
      );
    };
    simulator.faults.add({ kind: 'fail-before', path });
    const unknown = await call();
    expect(unknown).not.toBeInstanceOf(EffectRefusedError);
    expect(unknown.message).toMatch(/^GitHub answered 502/);
    simulator.faults.add({ kind: 'rate-limit', path, retryAfterSeconds: 7 });
    expect(await call()).toBeInstanceOf(RateLimitedError);
    expect(simulator.ledger.entries()).toEqual([]);
    simulator.faults.add({ kind: 'execute-then-drop', path });
    const dropped = await call();
    expect(dropped.message).toMatch(/^GitHub cannot be reached/);
    expect(dropped).not.toBeInstanceOf(EffectRefusedError);
    expect(simulator.ledger.entries()).toHaveLength(1);
    // It is running, or it passed: GitHub refuses.
    simulator.faults.add({
      kind: 'status',
      path,
      status: 403,
      message: 'This workflow is already running',
    });
    const refused = await call();
    expect(refused).toBeInstanceOf(EffectRefusedError);
    expect(refused.message).toMatch(
      /^GitHub answered 403: This workflow is already running/,
    );
    expect(simulator.ledger.entries()).toHaveLength(1);
  });

  it('gives up when it is told to', async () => {
    const path = '/repos/*/*/actions/runs/*/rerun-failed-jobs';
    simulator.faults.add({ kind: 'latency', path, milliseconds: 60_000 });
    const rerun = await provider.effects.prepareRerunFailedJobs(failed());
    await expect(rerun(AbortSignal.timeout(50))).rejects.toThrow(
      /cannot be reached|aborted/,
    );
  });
});
