import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { createInterface } from 'readline';
import { WebhookReceiver } from './__testUtils__/WebhookReceiver';
import { recorded, writeRecording } from './__testUtils__/writeRecording';

const CLI = resolve(__dirname, 'cli.ts');

function start(...options: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', CLI, 'serve', ...options]);
}

describe('serve', () => {
  it('says when it is ready, sends the newest run, and ends when told to', async () => {
    const { folder, remove } = await writeRecording();
    const receiver = await WebhookReceiver.create();
    // As long as the receiver is not ready itself, the server tries again.
    receiver.status = 503;
    const server = start(
      ...['--recordings', folder, '--deliver', 'newest'],
      ...['--webhook-url', receiver.url, '--webhook-secret', 's'],
      ...['--public-url', 'http://ci.acme.example/'],
    );
    const [line] = await once(createInterface(server.stdout!), 'line');
    const [, url] = /^ready (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)!;
    const path = `/api/v3/repos/acme/checkout/actions/runs/${recorded.flakyRun}`;
    const run = await (await fetch(`${url}${path}`)).json();
    expect(run.html_url).toBe(
      `http://ci.acme.example/acme/checkout/actions/runs/${recorded.flakyRun}`,
    );
    await receiver.untilReceived(1);
    receiver.status = 202;
    await receiver.untilReceived(receiver.received.length + 9);
    const sent = receiver.received.map(({ body }) => JSON.parse(`${body}`));
    expect(
      new Set(
        sent.map(each => (each.workflow_run ?? each.workflow_job).run_attempt),
      ),
    ).toEqual(new Set([3]));
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
    await receiver.close();
    await remove();
  }, 60_000);

  it('shows the same organisation for the same seed, and its catalog', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'organisation-'));
    const catalog = join(folder, 'new', 'catalog.yaml');
    const answers: string[] = [];
    for (let round = 0; round < 2; round++) {
      const server = start(
        ...['--organisation', '--seed', '7', '--weeks', '8', '--speed', '0'],
        ...['--until', '2026-10-29T07:00:00Z', '--catalog', catalog],
        ...['--public-url', 'http://ci.example'],
        ...['--catalog-member', 'guest:team-payments'],
      );
      const [line] = await once(createInterface(server.stdout!), 'line');
      const url = line.replace('ready ', '');
      const runs = '/repos/meridian/charges/actions/runs?per_page=100';
      const answer = await (await fetch(`${url}${runs}`)).text();
      const [{ id }] = JSON.parse(answer).workflow_runs;
      const jobs = `/repos/meridian/charges/actions/runs/${id}/jobs`;
      const ofRun = await (await fetch(`${url}${jobs}`)).text();
      const [job] = JSON.parse(ofRun).jobs;
      const log = `/repos/meridian/charges/actions/jobs/${job.id}/logs`;
      const { headers } = await fetch(`${url}${log}`, { redirect: 'manual' });
      const place = headers.get('location')!.replace('http://ci.example', url);
      const text = await (await fetch(place)).text();
      answers.push(answer, ofRun, text);
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    expect(answers.slice(3)).toEqual(answers.slice(0, 3));
    expect(answers[2]).toContain('Complete job name');
    expect(readFileSync(catalog, 'utf8')).toContain('- guest');
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('says in one sentence what is wrong', async () => {
    const server = start('--archives', '/nowhere/at/all-*.zip');
    const [message] = await once(server.stderr!, 'data');
    expect(`${message}`.split('\n')).toHaveLength(2);
    expect(await once(server, 'exit')).toEqual([1, null]);
  }, 60_000);
});
