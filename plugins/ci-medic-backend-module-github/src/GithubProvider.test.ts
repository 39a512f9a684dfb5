import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { once } from 'events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';
import { GithubClients } from './GithubClients';
import { GithubProvider } from './GithubProvider';

type Reply = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
};

/** A server that answers by path and keeps what it was asked. */
class FakeServer {
  readonly requests: { url: URL; headers: IncomingMessage['headers'] }[] = [];
  readonly replies: Record<string, (url: URL) => Reply> = {};
  readonly #server: Server = createServer((request, response) =>
    this.#answer(request, response),
  );

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, 'http://any');
    this.requests.push({ url, headers: request.headers });
    const reply = this.replies[url.pathname]?.(url) ?? {
      status: 404,
      body: { message: 'Not Found' },
    };
    const { status = 200, headers = {}, body } = reply;
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...headers,
    });
    response.end(isText ? body : JSON.stringify(body ?? {}));
  }
}

const runPayload = (id: number, more?: object) => ({
  id,
  name: 'CI',
  workflow_id: 7,
  run_attempt: 1,
  event: 'push',
  head_sha: 'c0ffee7',
  status: 'completed',
  conclusion: 'success',
  created_at: '2026-11-24T10:00:00Z',
  run_started_at: '2026-11-24T10:00:00Z',
  ...more,
});

describe('GithubProvider', () => {
  const repository = '/api/v3/repos/acme/shop';
  let api: FakeServer;
  let storage: FakeServer;
  let apiHost: string;
  let storageHost: string;
  let provider: GithubProvider;
  let request: { project: { provider: string; host: string; slug: string } };

  beforeEach(async () => {
    api = new FakeServer();
    storage = new FakeServer();
    apiHost = await api.start();
    storageHost = await storage.start();
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            {
              host: apiHost,
              apiBaseUrl: `http://${apiHost}/api/v3`,
              token: 'top-secret',
            },
          ],
        },
      }),
    );
    provider = new GithubProvider({
      integrations,
      logger: mockServices.logger.mock(),
      clients: new GithubClients({
        integrations,
        credentials:
          DefaultGithubCredentialsProvider.fromIntegrations(integrations),
        logger: mockServices.logger.mock(),
      }),
    });
    request = {
      project: { provider: 'github', host: apiHost, slug: 'acme/shop' },
    };
  });

  afterEach(async () => {
    await api.stop();
    await storage.stop();
  });

  const nextLink = (url: URL) => ({
    link: `<http://any${url.pathname}?page=2>; rel="next"`,
  });

  it('lists runs page by page within a range of time', async () => {
    api.replies[`${repository}/actions/runs`] = url =>
      url.searchParams.get('page') === '1'
        ? {
            headers: nextLink(url),
            body: { workflow_runs: [runPayload(2), runPayload(1)] },
          }
        : { body: { workflow_runs: [] } };
    const createdAfter = new Date('2026-11-01T00:00:00.123Z');
    const createdBefore = new Date('2026-11-24T00:00:00Z');
    const first = await provider.listRuns({
      ...{ ...request, createdAfter, createdBefore },
    });
    expect(first.runs.map(({ runId }) => runId)).toEqual(['2', '1']);
    expect(first.nextCursor).toBe('2');
    const second = await provider.listRuns({
      ...{ ...request, createdAfter, cursor: first.nextCursor },
    });
    expect(second).toMatchObject({ runs: [], notModified: false });
    expect(second.nextCursor).toBeUndefined();
    const queries = api.requests.map(({ url }) =>
      Object.fromEntries(url.searchParams),
    );
    expect(queries).toEqual([
      {
        per_page: '100',
        page: '1',
        created: '2026-11-01T00:00:00Z..2026-11-24T00:00:00Z',
      },
      { per_page: '100', page: '2', created: '>=2026-11-01T00:00:00Z' },
    ]);
    expect(api.requests[0].headers.authorization).toBe('token top-secret');
  });

  it('goes on where GitHub shows no more of one range', async () => {
    const minute = 60_000;
    const newest = Date.parse('2026-11-24T10:00:00Z');
    const runs = Array.from({ length: 2_345 }, (_, n) =>
      runPayload(10_000 - n, {
        created_at: new Date(newest - n * minute).toISOString(),
      }),
    );
    api.replies[`${repository}/actions/runs`] = url => {
      const [, after, before] = /(.*)\.\.(.*)/.exec(
        url.searchParams.get('created')!,
      )!;
      const page = Number(url.searchParams.get('page'));
      const inRange = runs
        .filter(({ created_at: at }) => at >= after)
        .filter(({ created_at: at }) => at.replace('.000', '') <= before)
        .slice(0, 1_000);
      return {
        headers: page * 100 < inRange.length ? nextLink(url) : {},
        body: { workflow_runs: inRange.slice((page - 1) * 100, page * 100) },
      };
    };
    const found = new Set<string>();
    const range = {
      createdAfter: new Date(newest - 5_000 * minute),
      createdBefore: new Date(newest),
    };
    let cursor: string | undefined;
    do {
      const page = await provider.listRuns({ ...request, ...range, cursor });
      page.runs.forEach(({ runId }) => found.add(runId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(found.size).toBe(2_345);
    expect(api.requests).toHaveLength(24);
    await expect(
      provider.listRuns({ ...request, cursor: 'x' }),
    ).rejects.toThrow("'x' is no cursor of runs");
  });

  it('leaves out a run that cannot be read', async () => {
    api.replies[`${repository}/actions/runs`] = () => ({
      body: { workflow_runs: [runPayload(2), { id: 'x' }, runPayload(1)] },
    });
    const { runs } = await provider.listRuns(request);
    expect(runs.map(({ runId }) => runId)).toEqual(['2', '1']);
  });

  it('asks on condition, and learns that nothing changed', async () => {
    api.replies[`${repository}/actions/runs`] = () =>
      api.requests[api.requests.length - 1].headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { headers: { etag: '"v1"' }, body: { workflow_runs: [] } };
    const { validator, notModified } = await provider.listRuns(request);
    expect([validator, notModified]).toEqual(['"v1"', false]);
    expect(await provider.listRuns({ ...request, validator })).toEqual({
      runs: [],
      validator: '"v1"',
      notModified: true,
    });
  });

  it('gathers the jobs of all pages, without those that only an earlier attempt ran', async () => {
    const job = (id: number, run_attempt: number) => ({
      ...{ id, run_id: 1, run_attempt, name: `job ${id}` },
      status: 'completed',
      conclusion: 'success',
      steps: [
        { number: 0, name: 'hidden', status: 'completed' },
        {
          number: 1,
          name: 'Set up',
          status: 'completed',
          conclusion: 'success',
        },
      ],
    });
    api.replies[`${repository}/actions/runs/1/attempts/2/jobs`] = url =>
      url.searchParams.get('page') === '1'
        ? { headers: nextLink(url), body: { jobs: [job(1, 1), job(2, 2)] } }
        : { body: { jobs: [job(3, 2)] } };
    const jobs = await provider.listJobs({
      ...request,
      runId: '1',
      attempt: 2,
    });
    expect(jobs.map(({ jobId }) => jobId)).toEqual(['2', '3']);
    expect(jobs[0].steps.map(({ number }) => number)).toEqual([1]);
  });

  describe('when GitHub refuses', () => {
    const fail = (reply: Reply) => {
      api.replies[`${repository}/actions/runs/1`] = () => reply;
      return provider.getRun({ ...request, runId: '1' }).then(
        () => undefined,
        error => error,
      );
    };

    it('waits until the limit is reset', async () => {
      const reset = Math.floor(Date.now() / 1_000) + 600;
      const error = await fail({
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(reset),
        },
        body: { message: 'API rate limit exceeded' },
      });
      expect(error.name).toBe('RateLimitedError');
      expect(error.retryAt.getTime()).toBe((reset + 1) * 1_000);
    });

    it.each([
      ['as long as it is told', 429, { 'retry-after': '7' }, 'slow', 7],
      ['a minute without being told', 429, {}, 'slow', 60],
      [
        'a minute at a secondary limit',
        403,
        {},
        'You have exceeded a secondary rate limit',
        60,
      ],
      ['two hours at most', 403, { 'retry-after': '999999999' }, 'slow', 7_200],
    ])('waits %s', async (_, status, headers, message, seconds) => {
      const before = Date.now();
      const error = await fail({ status, headers, body: { message } });
      expect(error.name).toBe('RateLimitedError');
      const after = Date.now();
      const wait = seconds * 1_000;
      expect(error.retryAt.getTime()).toBeGreaterThanOrEqual(before + wait);
      expect(error.retryAt.getTime()).toBeLessThanOrEqual(after + wait);
    });

    it('tells what is gone from what went wrong', async () => {
      for (const status of [404, 410]) {
        const gone = await fail({ status, body: { message: 'Gone' } });
        expect(gone.name).toBe('NotFoundError');
      }
      for (const status of [401, 403]) {
        const refused = await fail({ status, body: { message: 'No' } });
        expect(refused.message).toContain('integrations.github');
        expect(refused.name).toBe('Error');
      }
      const broken = await fail({ status: 502, body: 'Bad Gateway' });
      expect(['NotFoundError', 'RateLimitedError', 'InputError']).not.toContain(
        broken.name,
      );
      expect(broken).toBeInstanceOf(Error);
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      await expect(
        provider.getRun({ ...request, runId: '1', signal }),
      ).rejects.toThrow();
      expect(api.requests).toEqual([]);
    });
  });

  describe('logs and artifacts', () => {
    const log = `${repository}/actions/jobs/5/logs`;
    const artifact = `${repository}/actions/artifacts/6/zip`;
    const redirect = (to: string) => () => ({
      status: 302,
      headers: { location: to },
    });

    it('follows to the store without taking the credentials along', async () => {
      api.replies[log] = redirect(`http://${storageHost}/blob?sig=a%2Bb`);
      storage.replies['/blob'] = () => ({ body: 'line 1\nline 2\n' });
      const opened = await provider.openLog({ ...request, jobId: '5' });
      if (opened.kind !== 'stream') {
        throw new Error(opened.reason);
      }
      expect(await text(opened.stream)).toBe('line 1\nline 2\n');
      const [{ url, headers }] = storage.requests;
      expect(url.search).toBe('?sig=a%2Bb');
      expect(headers.authorization).toBeUndefined();
      expect(JSON.stringify(headers)).not.toContain('top-secret');
      expect(api.requests[0].headers.authorization).toBe('token top-secret');
    });

    it('says of a log that is gone that it expired, wherever it is missed', async () => {
      const expired = { kind: 'expired', reason: expect.any(String) };
      const open = () => provider.openLog({ ...request, jobId: '5' });
      expect(await open()).toEqual(expired);
      api.replies[log] = () => ({ status: 410, body: { message: 'Gone' } });
      expect(await open()).toEqual(expired);
      api.replies[log] = redirect(`http://${storageHost}/blob`);
      expect(await open()).toEqual(expired);
      expect(storage.requests).toHaveLength(1);
    });

    it('says of an artifact that is gone that it is not found, and repeats the rest', async () => {
      const open = () => provider.openArtifact({ ...request, artifactId: '6' });
      api.replies[artifact] = () => ({ status: 410 });
      await expect(open()).rejects.toThrow(
        expect.objectContaining({ name: 'NotFoundError' }),
      );
      api.replies[artifact] = () => ({ status: 302 });
      await expect(open()).rejects.toThrow('did not say where the file is');
      api.replies[artifact] = redirect(`http://${storageHost}/zip`);
      storage.replies['/zip'] = () => ({ status: 503, body: 'Busy' });
      await expect(open()).rejects.toThrow('503');
      api.replies[artifact] = redirect('data:text/plain,x');
      await expect(open()).rejects.toThrow('GitHub names a file behind data:');
      // Some Enterprise servers keep their files themselves.
      api.replies[artifact] = () => ({ body: 'PK' });
      expect(await text(await open())).toBe('PK');
    });

    it('gives each attempt the artifacts that were made while it ran', async () => {
      const at = (hour: number) =>
        `2026-11-24T${String(hour).padStart(2, '0')}:00:00Z`;
      api.replies[`${repository}/actions/runs/1`] = () => ({
        body: runPayload(1, { run_attempt: 3, run_started_at: at(14) }),
      });
      for (const [attempt, hour] of [
        [1, 10],
        [2, 12],
        [3, 14],
      ]) {
        api.replies[`${repository}/actions/runs/1/attempts/${attempt}`] =
          () => ({
            body: runPayload(1, {
              run_attempt: attempt,
              run_started_at: at(hour),
            }),
          });
      }
      api.replies[`${repository}/actions/runs/1/artifacts`] = () => ({
        body: {
          artifacts: [11, 12, 13, 15].map(hour => ({
            id: hour,
            name: `at ${hour}`,
            size_in_bytes: 10,
            expired: false,
            created_at: at(hour),
          })),
        },
      });
      const of = async (attempt: number) =>
        (await provider.listArtifacts({ ...request, runId: '1', attempt })).map(
          ({ artifactId }) => artifactId,
        );
      expect(await of(1)).toEqual(['11']);
      expect(await of(2)).toEqual(['12', '13']);
      expect(await of(3)).toEqual(['15']);
    });
  });

  describe('changed paths', () => {
    const files = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ filename: `f${n}` }));
    const paths = (more?: object) =>
      provider.changedPaths({
        ...request,
        run: {
          ...{ runId: '1', attempt: 1, event: 'push', isFork: false },
          branch: 'main',
          pipeline: { id: '7', name: 'CI' },
          commit: { sha: 'c0ffee7' },
          status: 'completed' as const,
          createdAt: '2026-11-24T10:00:00.000Z',
          pullRequests: [],
          ...more,
        },
      });

    it('are those of a pull request, unless there are too many', async () => {
      api.replies[`${repository}/pulls/3/files`] = url =>
        url.searchParams.get('page') === '3'
          ? { body: files(99) }
          : { headers: nextLink(url), body: files(100) };
      const event = 'pull_request';
      expect(await paths({ event, pullRequests: [3] })).toHaveLength(299);
      // Runs of forks do not name theirs.
      api.replies[`${repository}/commits/c0ffee7/pulls`] = () => ({
        body: [{ number: 3 }],
      });
      expect(await paths({ event })).toHaveLength(299);
      api.replies[`${repository}/commits/c0ffee7/pulls`] = () => ({ body: [] });
      expect(await paths({ event })).toBeUndefined();
      api.replies[`${repository}/pulls/3/files`] = url => ({
        headers: nextLink(url),
        body: files(100),
      });
      expect(await paths({ event, pullRequests: [3] })).toBeUndefined();
    });

    it('are all since the run before on the branch, else those of the commit', async () => {
      api.replies[`${repository}/commits/c0ffee7`] = () => ({
        body: { files: [{ filename: 'b', previous_filename: 'a' }] },
      });
      expect(await paths()).toEqual(['b', 'a']);
      api.replies[`${repository}/actions/workflows/7/runs`] = () => ({
        body: {
          workflow_runs: [
            runPayload(1),
            runPayload(0, { head_sha: 'decade0' }),
            runPayload(-1, { head_sha: 'facade0' }),
          ],
        },
      });
      // The commit before is gone after a forced push.
      expect(await paths()).toEqual(['b', 'a']);
      api.replies[`${repository}/compare/decade0...c0ffee7`] = () => ({
        body: { files: [{ filename: 'b' }, { filename: 'c' }] },
      });
      expect(await paths()).toEqual(['b', 'c']);
      const { url } = api.requests.find(one => /runs$/.test(one.url.pathname))!;
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        branch: 'main',
        event: 'push',
        created: '<=2026-11-24T10:00:00.000Z',
      });
    });

    it('are not known of runs that no commit started', async () => {
      expect(await paths({ event: 'schedule' })).toBeUndefined();
      expect(api.requests).toEqual([]);
    });
  });

  it('links to sources, and nowhere else', () => {
    const link = (file: string, line?: number) =>
      provider
        .sourceUrl({ ...request, sha: 'c0ffee7', file, line })
        .replace(`http://${apiHost}`, '');
    expect(link('src/a b#c.ts', 14)).toBe(
      '/acme/shop/blob/c0ffee7/src/a%20b%23c.ts#L14',
    );
    expect(link('./src/x.ts')).toBe('/acme/shop/blob/c0ffee7/src/x.ts');
    for (const file of [
      '/home/runner/work/shop/shop/src/x.ts',
      'D:\\a\\shop\\shop\\src\\x.ts',
      '/__w/shop/shop/src/x.ts',
    ]) {
      expect(link(file, 3)).toBe('/acme/shop/blob/c0ffee7/src/x.ts#L3');
    }
    for (const file of [
      ...['../../../evil', 'src/../../x', '..', 'a/./b', '//evil.example/x'],
      ...['/usr/lib/python3/x.py', 'C:\\x', 'https://evil.example', '\ud800'],
    ]) {
      expect(link(file)).toBe('/acme/shop');
    }
  });
});
