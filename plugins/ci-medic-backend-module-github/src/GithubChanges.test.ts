import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { once } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { text } from 'stream/consumers';
import { changedLines } from './changedLines';
import { GithubApi } from './GithubApi';
import { GithubChanges } from './GithubChanges';
import { GithubClients } from './GithubClients';

const base = 'a'.repeat(40);
const head = 'b'.repeat(40);

describe('GithubChanges', () => {
  const root = '/api/v3/repos/acme/shop';
  let server: Server;
  let changes: GithubChanges;
  let request: { project: { provider: string; host: string; slug: string } };
  let asked: string[];
  let replies: Record<string, (url: URL, accept: string) => unknown>;

  beforeEach(async () => {
    asked = [];
    replies = {};
    server = createServer((incoming, response) => {
      const url = new URL(incoming.url!, 'http://any');
      asked.push(url.pathname + url.search);
      const body = replies[url.pathname]?.(url, incoming.headers.accept ?? '');
      const isText = typeof body === 'string';
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': isText ? 'text/plain' : 'application/json',
      });
      response.end(isText ? body : JSON.stringify(body ?? {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host, token: 't', apiBaseUrl: `http://${host}/api/v3` }],
        },
      }),
    );
    const clients = new GithubClients({
      integrations,
      credentials:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      logger: mockServices.logger.mock(),
    });
    changes = new GithubChanges(new GithubApi(clients));
    request = { project: { provider: 'github', host, slug: 'acme/shop' } };
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const commit = (number: number) => ({
    sha: number.toString(16).padStart(40, '0'),
    html_url: `https://ci.example/commit/${number}`,
    commit: {
      message: `Change ${number}`,
      author: { name: 'Ada', date: '2026-11-24T10:00:00Z' },
    },
    author: { login: 'ada' },
  });

  it('gives the newest commits of a long range, and says how many there are', async () => {
    const all = Array.from({ length: 742 }, (_, index) => commit(index));
    replies[`${root}/compare/${base}...${head}`] = url => {
      const page = Number(url.searchParams.get('page'));
      return {
        total_commits: all.length,
        commits: all.slice((page - 1) * 100, page * 100),
        files: page === 1 ? Array(300).fill({ filename: 'src/a.ts' }) : [],
      };
    };
    const found = await changes.compareCommits({
      ...{ ...request, base, head },
      mostCommits: 300,
    });
    expect(found.totalCommits).toBe(742);
    expect(found.commits).toHaveLength(300);
    expect(found.commits[0].message).toBe('Change 442');
    expect(found.commits.at(-1)).toMatchObject({
      message: 'Change 741',
      author: 'ada',
      at: '2026-11-24T10:00:00.000Z',
    });
    expect(found.filesTruncated).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('pairs what went with what came, and knows where nothing compares dependencies', async () => {
    expect(
      await changes.compareDependencies({ ...request, base, head }),
    ).toBeUndefined();
    const item = {
      ...{ manifest: 'package-lock.json', ecosystem: 'npm', name: 'axios' },
    };
    replies[`${root}/dependency-graph/compare/${base}...${head}`] = () => [
      { ...item, change_type: 'removed', version: '1.7.0' },
      { ...item, change_type: 'added', version: '1.8.0' },
      { ...item, change_type: 'added', name: 'zod', version: '4.1.0' },
    ];
    expect(
      await changes.compareDependencies({ ...request, base, head }),
    ).toEqual([
      { ...item, from: '1.7.0', to: '1.8.0' },
      { ...item, name: 'zod', to: '4.1.0' },
    ]);
  });

  it('opens small files at once and large ones raw', async () => {
    const path = `${root}/contents/app/package-lock.json`;
    replies[path] = () => ({
      ...{ type: 'file', encoding: 'base64' },
      content: Buffer.from('{}').toString('base64'),
    });
    const file = { ...request, path: 'app/package-lock.json', sha: head };
    replies[path.replace('app/', 'app%2F')] = url => replies[path](url, '');
    expect(await text(await changes.openFile(file))).toBe('{}');
    const large = (_: URL, accept: string) =>
      accept.includes('raw')
        ? 'a large file'
        : { type: 'file', encoding: 'none', content: '' };
    replies[path.replace('app/', 'app%2F')] = large;
    replies[path] = large;
    expect(await text(await changes.openFile(file))).toBe('a large file');
  });

  it('asks for nothing but commits and files', async () => {
    const hostile = { ...request, base: '../../user', head };
    await expect(
      changes.compareCommits({ ...hostile, mostCommits: 1 }),
    ).rejects.toThrow('not the name of a commit');
    await expect(
      changes.openFile({ ...request, path: '../../../user', sha: head }),
    ).rejects.toThrow('not the path of a file');
    expect(asked).toEqual([]);
  });
});

describe('changedLines', () => {
  it('knows the lines that a patch adds, and where it only removes', () => {
    const patch = [
      '@@ -1,4 +1,5 @@',
      ' one',
      '+two',
      '+three',
      '-four',
      ' five',
      '@@ -20,3 +21,2 @@ function f() {',
      ' a',
      '-b',
      ' c',
      '\\ No newline at end of file',
    ].join('\n');
    expect(changedLines(patch)).toEqual([
      [2, 4],
      [22, 22],
    ]);
    expect(changedLines('Binary files differ')).toEqual([]);
  });
});
