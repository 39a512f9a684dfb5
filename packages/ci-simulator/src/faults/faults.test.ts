import { recorded, writeRecording } from '../__testUtils__/writeRecording';
import { zipEntries } from '../__testUtils__/zipEntries';
import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';

const REPOSITORY = '/repos/acme/checkout';
const LOG = `${REPOSITORY}/actions/jobs/${recorded.failedJob}/logs`;
const ARTIFACT = `${REPOSITORY}/actions/artifacts/${recorded.artifact}/zip`;
const LOGS = '/repos/*/*/actions/jobs/*/logs';

describe('faults', () => {
  let simulator: Simulator;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const recording = await writeRecording();
    remove = recording.remove;
    simulator = await createSimulator({ recordings: recording.folder });
  });

  afterEach(() => simulator.faults.clear());

  afterAll(async () => {
    await simulator.close();
    await remove();
  });

  const ask = (path: string) => fetch(`${simulator.url}/api/v3${path}`);
  const bytes = async (path: string) =>
    Buffer.from(await (await ask(path)).arrayBuffer());

  it('fails as often as asked, after so many, and only there', async () => {
    const { faults } = simulator;
    faults.add({ kind: 'status', path: '/repos/**', count: 2, after: 1 });
    faults.add({ kind: 'status', path: '/repos/**', method: 'POST' });
    const statuses: number[] = [];
    for (const path of ['', '/commits', '/rate_limit', '', '']) {
      const isElsewhere = path === '/rate_limit';
      const answer = await ask(isElsewhere ? path : `${REPOSITORY}${path}`);
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 500, 200, 500, 200]);
    expect(faults.list().map(({ hits }) => hits)).toEqual([2, 0]);
  });

  it('serves an expired log with 410', async () => {
    simulator.faults.add({ kind: 'status', status: 410, path: LOGS });
    expect((await ask(LOG)).status).toBe(410);
    expect((await ask(LOG)).status).toBe(200);
  });

  it('refuses as GitHub does when a limit is reached', async () => {
    const path = REPOSITORY;
    simulator.faults.add({ kind: 'rate-limit', path, retryAfterSeconds: 30 });
    simulator.faults.add({
      ...{ kind: 'rate-limit', path, after: 0 },
      ...{ status: 429, secondary: true, retryAfterSeconds: 7 },
    });
    const primary = await ask(path);
    expect(primary.status).toBe(403);
    expect(primary.headers.get('x-ratelimit-remaining')).toBe('0');
    const reset = Number(primary.headers.get('x-ratelimit-reset')) * 1000;
    expect(reset).toBeGreaterThan(Date.now());
    const secondary = await ask(path);
    expect(secondary.status).toBe(429);
    expect(secondary.headers.get('retry-after')).toBe('7');
    expect((await secondary.json()).message).toContain('secondary rate limit');
  });

  it('answers late', async () => {
    simulator.faults.add({
      ...{ kind: 'latency', path: REPOSITORY, milliseconds: 600_000 },
    });
    const late = fetch(`${simulator.url}${REPOSITORY}`, {
      signal: AbortSignal.timeout(50),
    });
    await expect(late).rejects.toThrow('timeout');
    expect((await ask(REPOSITORY)).status).toBe(200);
  });

  it('cuts the connection before an answer and within a log', async () => {
    const whole = await bytes(LOG);
    simulator.faults.add({ kind: 'drop', path: REPOSITORY });
    await expect(ask(REPOSITORY)).rejects.toThrow('fetch failed');
    simulator.faults.add({ kind: 'drop', path: LOGS, afterBytes: 40 });
    const cut = await ask(LOG);
    const parts: Buffer[] = [];
    await expect(
      (async () => {
        for await (const part of cut.body!) {
          parts.push(Buffer.from(part));
        }
      })(),
    ).rejects.toThrow('terminated');
    expect(Buffer.concat(parts)).toEqual(whole.subarray(0, 40));
  });

  it('ends a log early without saying so', async () => {
    const whole = await bytes(LOG);
    simulator.faults.add({ kind: 'truncate', path: LOGS, afterBytes: 40 });
    expect(await bytes(LOG)).toEqual(whole.subarray(0, 40));
    expect(await bytes(LOG)).toEqual(whole);
  });

  it.each([
    ['large-log', 2 ** 31],
    ['long-line', 100 * 2 ** 20],
  ] as const)('makes a %s of %d bytes while it is read', async (kind, size) => {
    simulator.faults.add({ kind, path: LOGS });
    const answer = await ask(LOG);
    let received = 0;
    let breaks = 0;
    // Enough of a large one to see that it comes, and that it can be left.
    const most = 150 * 2 ** 20;
    for await (const part of answer.body!) {
      received += part.length;
      breaks += Buffer.from(part).includes('\n') ? 1 : 0;
      if (received > most) {
        break;
      }
    }
    expect(received).toBeGreaterThan(Math.min(size, most));
    expect(breaks > 10).toBe(kind === 'large-log');
  });

  it('packs 4 GiB into a few megabytes', async () => {
    simulator.faults.add({ kind: 'zip-bomb', path: '/repos/**/zip' });
    const archive = await bytes(ARTIFACT);
    expect(archive.length).toBeLessThan(8 * 2 ** 20);
    const sizes = (await zipEntries(archive)).map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2 ** 32);
  });

  it('packs files that want to go elsewhere', async () => {
    simulator.faults.add({ kind: 'path-tricks', path: '/repos/**/zip' });
    const entries = await zipEntries(await bytes(ARTIFACT));
    const names = entries.map(({ name }) => name.toString('latin1'));
    expect(names).toContain('../../../../tmp/escaped.xml');
    expect(names).toContain('/tmp/absolute.xml');
    expect(names).toContain('TEST-honest.xml');
    expect(entries.map(({ mode }) => mode)).toContain(0o120777);
  });

  it('is steered over HTTP', async () => {
    const control = (path: string, method: string, body?: object) =>
      fetch(`${simulator.url}/_simulator/faults${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const fault = { kind: 'status', path: '/rate_limit', count: 'always' };
    const { id } = await (await control('', 'POST', fault)).json();
    expect((await ask('/rate_limit')).status).toBe(500);
    const { faults } = await (await control('', 'GET')).json();
    expect(faults).toEqual([{ ...fault, id, hits: 1, status: 500, after: 0 }]);
    expect((await control(`/${id}`, 'DELETE')).status).toBe(204);
    expect((await ask('/rate_limit')).status).toBe(200);
    const wrong = { kind: 'fire', path: '/' };
    expect((await control('', 'POST', wrong)).status).toBe(422);
  });
});
