import {
  RECORDED_END,
  recorded,
  writeRecording,
} from '../__testUtils__/writeRecording';
import { zipEntries, zipText } from '../__testUtils__/zipEntries';
import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';

const REPOSITORY = '/repos/acme/checkout';
const RUN = `${REPOSITORY}/actions/runs/${recorded.flakyRun}`;
const LOG = `${REPOSITORY}/actions/jobs/${recorded.failedJob}/logs`;

describe('downloads', () => {
  let simulator: Simulator;
  let remove: () => Promise<void>;
  const before = Date.now();

  beforeAll(async () => {
    const recording = await writeRecording();
    remove = recording.remove;
    simulator = await createSimulator({
      recordings: recording.folder,
      freshMinutes: 10,
    });
  });

  afterAll(async () => {
    await simulator.close();
    await remove();
  });

  const download = async (path: string) => {
    const answer = await fetch(`${simulator.url}${path}`);
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };

  it('moves all times by the same amount, those in logs too', async () => {
    const run = await (await fetch(`${simulator.url}${RUN}`)).json();
    const ended = Date.parse(run.updated_at);
    expect(before - ended).toBeGreaterThan(9.9 * 60_000);
    expect(before - ended).toBeLessThan(10.1 * 60_000);
    const log = (await download(LOG)).toString();
    const lines = log.split('\n');
    // The fixture's log starts ten minutes before the recording's end.
    const offset = ended - Date.parse(RECORDED_END);
    const moved = Date.parse('2025-03-01T11:50:00.123Z') + offset;
    expect(lines[0]).toBe(
      `${new Date(moved)
        .toISOString()
        .slice(0, 23)}4567Z ##[group]Run npm test`,
    );
    expect(lines[2]).toBe('a line without a time');
    expect(lines[3]).toMatch(/\.9999999Z ##\[error\]Process completed/);
  });

  it('packs the logs of a run and of one attempt', async () => {
    for (const path of [`${RUN}/logs`, `${RUN}/attempts/1/logs`]) {
      const archive = await download(path);
      const names = (await zipEntries(archive)).map(({ name }) => `${name}`);
      expect(names).toEqual(['0_unit  fast.txt']);
      expect(await zipText(archive, names[0])).toContain('FAIL src/cart');
    }
  });

  it('packs the folder of an artifact', async () => {
    const path = `${REPOSITORY}/actions/artifacts/${recorded.artifact}/zip`;
    const archive = await download(path);
    expect(await zipText(archive, 'unit/TEST-cart.xml')).toContain(
      '<testsuite',
    );
  });

  it('has no log of a job that was skipped', async () => {
    const { jobs } = await (await fetch(`${simulator.url}${RUN}/jobs`)).json();
    const skipped = jobs.find((job: any) => job.conclusion === 'skipped');
    const path = `${REPOSITORY}/actions/jobs/${skipped.id}/logs`;
    expect((await fetch(`${simulator.url}${path}`)).status).toBe(404);
  });

  it('gives nothing to who has no signed address', async () => {
    const answer = await fetch(`${simulator.url}${LOG}`, {
      redirect: 'manual',
    });
    const signed = answer.headers.get('location')!;
    expect((await fetch(signed)).status).toBe(200);
    for (const forged of [
      signed.replace(/sig=[^&]+/, 'sig=AAAA'),
      signed.replace(`/${recorded.failedJob}?`, '/77002?'),
      signed.replace(/se=[^&]+/, 'se=2999-01-01T00%3A00%3A00.000Z'),
      signed.split('?')[0],
    ]) {
      expect((await fetch(forged)).status).toBe(403);
    }
  });

  it('shows a page for the run, with hostile text harmless', async () => {
    const { html_url: page } = await (
      await fetch(`${simulator.url}${RUN}`)
    ).json();
    const answer = await fetch(page);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const html = await answer.text();
    expect(html).toContain('unit / &quot;fast&quot;');
    expect(html).not.toContain('"fast"');
    expect((await fetch(page.replace('acme', 'other'))).status).toBe(404);
  });
});
