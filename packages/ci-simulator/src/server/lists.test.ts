import { Octokit } from '@octokit/rest';
import { recorded, writeRecording } from '../__testUtils__/writeRecording';
import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';

const all = recorded.otherRuns + 1;

describe('lists and conditional requests', () => {
  let simulator: Simulator;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const recording = await writeRecording();
    remove = recording.remove;
    simulator = await createSimulator({
      recordings: recording.folder,
      keepTimes: true,
      rateLimit: { limit: 500, windowSeconds: 3600 },
    });
  });

  afterAll(async () => {
    await simulator.close();
    await remove();
  });

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${simulator.url}/api/v3${path}`, { headers });
  const runs = async (query: string) => {
    const path = `/repos/acme/checkout/actions/runs?per_page=100&${query}`;
    const { total_count: count, workflow_runs: items } = await (
      await ask(path)
    ).json();
    expect(items).toHaveLength(count);
    return items;
  };

  it('is paged as a client of GitHub expects', async () => {
    const octokit = new Octokit({ baseUrl: `${simulator.url}/api/v3` });
    const found = await octokit.paginate(
      octokit.rest.actions.listWorkflowRunsForRepo,
      { owner: 'ACME', repo: 'Checkout', per_page: 7 },
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(all);
    const times = found.map(({ created_at: at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('says where the other pages are', async () => {
    const path = '/repos/acme/checkout/actions/runs?per_page=10&page=2';
    const links = (await ask(path)).headers.get('link');
    for (const [relation, page] of [
      ['prev', 1],
      ['next', 3],
      ['last', 5],
      ['first', 1],
    ]) {
      expect(links).toMatch(
        new RegExp(`[?&]page=${page}[^>]*>; rel="${relation}"`),
      );
    }
    const beyond = await ask('/repos/acme/checkout/actions/runs?page=99');
    expect((await beyond.json()).workflow_runs).toEqual([]);
  });

  it.each([
    ['branch=round', 1],
    ['event=schedule', recorded.otherRuns / 4],
    ['status=failure', recorded.otherRuns / 10],
    ['status=completed', all],
    ['status=queued', 0],
    ['actor=ada', 1],
    [`head_sha=${recorded.commits.onBranch}`, 1],
    ['created=>=2025-03-01', 1],
    ['created=<2025-03-01', recorded.otherRuns],
    ['created=2025-02-21', 24],
    ['created=2025-02-21..2025-02-21', 24],
    ['created=2025-02-21T00:00:00Z..2025-02-21T01:00:00Z', 2],
    ['created=*..2025-02-21T00:00:00%2B00:00', 1],
    ['created=2025-02-22..*&event=push', 12],
  ])('filters by %s', async (query, count) => {
    expect(await runs(query)).toHaveLength(count);
  });

  it('refuses a time that is none', async () => {
    const path = '/repos/acme/checkout/actions/runs?created=soon';
    expect((await ask(path)).status).toBe(422);
  });

  it('finds a workflow by the name of its file', async () => {
    const path = '/repos/acme/checkout/actions/workflows/nightly.yml/runs';
    const { total_count: count } = await (await ask(path)).json();
    expect(count).toBe(recorded.otherRuns / 4);
  });

  it('lists the jobs of the newest attempt, or of all', async () => {
    const path = `/repos/acme/checkout/actions/runs/${recorded.flakyRun}/jobs`;
    const latest = await (await ask(path)).json();
    const every = await (await ask(`${path}?filter=all`)).json();
    expect([latest.total_count, every.total_count]).toEqual([2, 6]);
    expect(latest.jobs[0]).toMatchObject({
      run_attempt: 3,
      conclusion: 'success',
      started_at: '2025-03-01T11:51:00Z',
      runner_name: 'runner-1',
      runner_group_name: 'Default',
    });
  });

  it('compares commits that went different ways', async () => {
    const path = '/repos/acme/checkout/compare/main...round';
    expect(await (await ask(path)).json()).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      merge_base_commit: { sha: recorded.commits.base },
      files: [
        { filename: 'src/cart.ts', status: 'modified' },
        { filename: 'src/money.ts', previous_filename: 'src/cash.ts' },
      ],
    });
  });

  it('answers 304 to who knows the answer already, and does not count it', async () => {
    const path = '/repos/acme/checkout/actions/runs';
    const authorization = 'token conditional';
    const first = await ask(path, { authorization });
    const etag = first.headers.get('etag')!;
    const second = await ask(path, { authorization, 'if-none-match': etag });
    expect(second.status).toBe(304);
    const state = await (await ask('/rate_limit', { authorization })).json();
    expect(state.rate).toMatchObject({ limit: 500, used: 2 });
  });

  it('refuses who asks too often, and nobody else', async () => {
    const asked = { authorization: 'token greedy' };
    const answers: number[] = [];
    for (let count = 0; count < 501; count++) {
      const answer = await ask('/rate_limit', asked);
      answers.push(answer.status);
      await answer.arrayBuffer();
    }
    expect(answers.filter(status => status === 200)).toHaveLength(500);
    const refused = await ask('/repos/acme/checkout', asked);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect((await ask('/repos/acme/checkout')).status).toBe(200);
  });
});
