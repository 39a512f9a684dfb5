import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';
import { LocatedRun } from '../world/World';
import { CauseKind } from './causes';
import { JobTruth } from './Truth';

// Weeks pass while these run.
jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const REPOSITORIES = '/repos/meridian';

/** What clients do is done to the world, and heals what it can heal. */
describe('remedies', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await createSimulator({
      organisation: {
        ...{ seed: 5, weeks: 2, speed: 0 },
        until: Date.UTC(2026, 9, 28, 8),
      },
      rateLimit: { limit: 1_000_000, windowSeconds: 3600 },
    });
  });

  afterAll(() => simulator.close());

  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}${path}`, {
      ...{ method, body: body && JSON.stringify(body) },
    });
    const text = await answer.text();
    expect(`${path} ${answer.ok} ${answer.ok ? '' : text}`).toBe(
      `${path} true `,
    );
    return text ? JSON.parse(text) : undefined;
  };

  const finish = ({ run }: LocatedRun) => {
    while (run.attempts.at(-1)!.status !== 'completed') {
      simulator.timeline.advance(MINUTE_MS / 2);
    }
  };

  const causesOf = ({ run }: LocatedRun, attempt: number) =>
    simulator
      .truth!.ofRun(run.id)
      .filter(each => each.attempt === attempt)
      .filter(({ conclusion }) => conclusion === 'failure')
      .flatMap(({ causes }) => causes);

  /** The next job that fails for a reason of a kind, once its run is over. */
  const next = (
    kind: CauseKind,
    fits: (truth: JobTruth) => boolean = () => true,
  ): { failure: JobTruth; located: LocatedRun; cause: string } => {
    const truth = simulator.truth!;
    for (let seen = truth.jobs().length, tries = 0; tries < 20_000; tries++) {
      simulator.timeline.advance(3 * MINUTE_MS);
      const fresh = truth.jobs(seen);
      seen += fresh.length;
      const failure = fresh.find(
        ({ conclusion, causes }) =>
          conclusion === 'failure' && truth.cause(causes[0])!.kind === kind,
      );
      if (failure && fits(failure)) {
        const located = simulator.world.run(failure.run)!;
        finish(located);
        return { failure, located, cause: failure.causes[0] };
      }
    }
    throw new Error(`No ${kind}`);
  };

  const rerun = async (located: LocatedRun) => {
    const path = `/repos/${located.repository.owner}/${located.repository.name}`;
    const id = located.run.id;
    await ask('POST', `${path}/actions/runs/${id}/rerun-failed-jobs`);
    finish(located);
    const { attempt } = located.run.attempts.at(-1)!;
    return causesOf(located, attempt);
  };

  const dispatch = async (
    name: string,
    file: string,
    ref: string,
    inputs: Record<string, string>,
  ) => {
    const { workflow_run_id: id } = await ask(
      'POST',
      `${REPOSITORIES}/${name}/actions/workflows/${file}/dispatches`,
      { ref, inputs, return_run_details: true },
    );
    const located = simulator.world.run(id)!;
    finish(located);
    return located;
  };

  it('a flaky test may pass when it runs again, on the same commit', async () => {
    const { located, cause } = next('flaky_test');
    let isThere = true;
    for (let tries = 0; tries < 10 && isThere; tries++) {
      isThere = (await rerun(located)).includes(cause);
    }
    expect(isThere).toBe(false);
  });

  it('a regression fails until it is left out: a canary tells it from its parent', async () => {
    const { located, cause } = next('regression', ({ run }) => {
      const { repository, run: of } = simulator.world.run(run)!;
      const { commit } = simulator.truth!.cause(
        simulator.truth!.ofRun(run)[0].causes[0],
      )!;
      return commit?.sha === of.sha && repository.commits.has(of.sha);
    });
    expect(await rerun(located)).toContain(cause);
    const { repository, run } = located;
    const [parent] = repository.commits.get(run.sha)!.parents;
    for (const [name, sha] of [
      ['suspect', run.sha],
      ['parent', parent],
    ]) {
      const ref = `ci-medic/canary/${name}`;
      await ask('POST', `${REPOSITORIES}/${repository.name}/git/refs`, {
        ...{ ref: `refs/heads/${ref}`, sha },
      });
      const canary = await dispatch(repository.name, 'ci.yml', ref, {
        correlation_id: name,
      });
      expect(canary.run).toMatchObject({ sha, title: name });
      const isThere = causesOf(canary, 1).includes(cause);
      expect(`${name} ${isThere}`).toBe(`${name} ${name === 'suspect'}`);
    }
  });

  it.each(['disk_full', 'out_of_memory'] as const)(
    '%s stays on its machine: another one does it',
    async kind => {
      const { failure, located, cause } = next(kind);
      const { job } = simulator.world.job(failure.job)!;
      const { runner } = simulator.truth!.cause(cause)!;
      expect(job.runner!.name).toBe(runner);
      const { runners } = await ask(
        'GET',
        `/orgs/meridian/actions/runners?name=${runner}`,
      );
      const labels = `/orgs/meridian/actions/runners/${runners[0].id}/labels`;
      await ask('DELETE', `${labels}/farm`);
      expect(await rerun(located)).not.toContain(cause);
      const used = located.run.attempts
        .at(-1)!
        .jobs.filter(({ isCarriedOver }) => !isCarriedOver)
        .map(each => each.runner?.name);
      expect(used.length).toBeGreaterThan(0);
      expect(used).not.toContain(runner);
      await ask('POST', labels, { labels: ['farm'] });
      const back = await ask('GET', labels);
      const names = back.labels.map((each: { name: string }) => each.name);
      expect(names).toContain('farm');
    },
  );

  it('a bad deployment fails again, and heals by the image before', async () => {
    const { failure, located, cause } = next('bad_deployment');
    const { repository, run } = located;
    expect(await rerun(located)).toContain(cause);
    const path = `${REPOSITORIES}/${repository.name}`;
    const all = await ask(
      'GET',
      `${path}/deployments?environment=production&per_page=100`,
    );
    const stateOf = async (id: number) => {
      const statuses = await ask('GET', `${path}/deployments/${id}/statuses`);
      return statuses[0].state;
    };
    expect(all[0].sha).toBe(run.sha);
    expect(await stateOf(all[0].id)).toBe('failure');
    let stable;
    for (const each of all) {
      stable ??= (await stateOf(each.id)) === 'success' ? each : undefined;
    }
    const back = await dispatch(repository.name, 'deploy.yml', 'main', {
      image: stable.payload.image,
    });
    expect(causesOf(back, 1)).not.toContain(cause);
    expect(failure.jobName).toBe('production');
    // Something else may be in its way: then it is tried again.
    while (back.run.attempts.at(-1)!.conclusion !== 'success') {
      expect(await rerun(back)).not.toContain(cause);
    }
    const [newest] = await ask(
      'GET',
      `${path}/deployments?environment=production`,
    );
    expect(newest).toMatchObject({ sha: stable.sha });
    expect(await stateOf(newest.id)).toBe('success');
  });

  it('a broken dependency fails again until somebody keeps it out', async () => {
    const { located, cause } = next('upstream_release');
    expect(await rerun(located)).toContain(cause);
    const { repository } = located;
    const isPinned = () =>
      [...repository.commits.values()].some(({ message }) =>
        message.startsWith('Keep '),
      );
    for (let hours = 0; hours < 120 && !isPinned(); hours++) {
      simulator.timeline.advance(60 * MINUTE_MS);
    }
    expect(isPinned()).toBe(true);
  });

  it('deletes caches, which the next build fills again', async () => {
    const { located } = next('flaky_test');
    const path = `/repos/meridian/${located.repository.name}/actions/caches`;
    const ref = 'refs/heads/main';
    const { actions_caches: caches } = await ask('GET', `${path}?ref=${ref}`);
    const { key } = caches[0];
    const query = `${path}?key=${encodeURIComponent(key)}&ref=${ref}`;
    await ask('DELETE', query);
    expect((await ask('GET', query)).total_count).toBe(0);
    const { name } = located.repository;
    let count = 0;
    for (let tries = 0; tries < 10 && count === 0; tries++) {
      await dispatch(name, 'ci.yml', 'main', {});
      count = (await ask('GET', query)).total_count;
    }
    expect(count).toBe(1);
  });

  it('takes word of commits and deployments from clients', async () => {
    const { repository } = next('flaky_test').located;
    const path = `${REPOSITORIES}/${repository.name}`;
    const sha = repository.branches!.get('main')!;
    const context = 'ci-medic/canary';
    await ask('POST', `${path}/statuses/${sha}`, { state: 'pending', context });
    await ask('POST', `${path}/statuses/${sha}`, { state: 'success', context });
    const combined = await ask('GET', `${path}/commits/main/status`);
    expect(combined).toMatchObject({ state: 'success', total_count: 1, sha });
    const deployment = await ask('POST', `${path}/deployments`, {
      ...{ ref: 'main', environment: 'production', auto_merge: false },
      required_contexts: [],
    });
    await ask('POST', `${path}/deployments/${deployment.id}/statuses`, {
      state: 'success',
    });
    const [newest] = await ask(
      'GET',
      `${path}/deployments?environment=production`,
    );
    expect(newest.id).toBe(deployment.id);
  });
});
