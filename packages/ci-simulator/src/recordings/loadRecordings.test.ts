import { existsSync } from 'fs';
import { readFile, writeFile } from 'fs/promises';
import { join, resolve } from 'path';
import { text } from 'stream/consumers';
import { writeRecording } from '../__testUtils__/writeRecording';
import { World } from '../world/World';
import { loadRecordings } from './loadRecordings';

const OWN = resolve(__dirname, '../../recordings');

describe('recordings', () => {
  it('names file and place of what is wrong', async () => {
    const { folder, remove } = await writeRecording();
    const file = join(folder, 'acme', 'checkout', 'repository.json');
    const recording = JSON.parse(await readFile(file, 'utf8'));
    for (const [change, complaint] of [
      [{ workflows: [] }, /repository\.json: workflows/],
      [{ surprise: 1 }, /surprise/],
      [
        { runs: [{ ...recording.runs[0], workflowId: 99 }] },
        /runs\.0: run 9001 names the unknown workflow 99/,
      ],
      [{ runs: [recording.runs[0], recording.runs[0]] }, /there twice/],
    ] as const) {
      await writeFile(file, JSON.stringify({ ...recording, ...change }));
      await expect(loadRecordings(folder)).rejects.toThrow(complaint);
    }
    const [run] = recording.runs;
    run.attempts[0].jobs[0].log = '../../../etc/passwd';
    await writeFile(file, JSON.stringify({ ...recording, runs: [run] }));
    await expect(loadRecordings(folder)).rejects.toThrow('relative path');
    await remove();
  });
});

const describeOwn = existsSync(OWN) ? describe : describe.skip;

describeOwn('recordings of the package (skipped where there are none)', () => {
  it('are all well formed and complete', async () => {
    const repositories = await loadRecordings(OWN, { shiftTo: Date.now() });
    const world = World.create(repositories);
    expect(world.runs().length).toBeGreaterThan(0);
    for (const { repository, run } of world.runs()) {
      expect(repository.commits.has(run.sha)).toBe(true);
      for (const { jobs, artifacts } of run.attempts) {
        for (const { log, conclusion } of jobs) {
          const lines = log && (await text(await log.open()));
          expect(Boolean(lines) || conclusion === 'skipped').toBe(true);
        }
        for (const { archive } of artifacts) {
          const stream = await archive.open();
          const signature: Buffer = (await stream.iterator().next()).value;
          expect(signature.readUInt16BE()).toBe(0x504b);
          stream.destroy();
        }
      }
    }
  }, 60_000);
});
