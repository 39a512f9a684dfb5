import { existsSync, readFileSync } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { text } from 'stream/consumers';
import { OpenApi } from '../__testUtils__/OpenApi';
import { createSimulator } from '../createSimulator';
import { loadArchives } from './loadArchives';

const DATA =
  process.env.CI_MEDIC_DATA ?? resolve(__dirname, '../../../../../shared/data');
const hasData = existsSync(join(DATA, 'bump', 'gha_zip'));
const places = [join(DATA, 'bump', 'gha_zip'), join(DATA, 'ghalogs_example')];

describe('archives', () => {
  it('reports what it cannot read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ci-simulator-'));
    await writeFile(join(folder, 'broken.zip'), 'PK nothing');
    await writeFile(join(folder, 'broken.tar.gz'), 'nothing');
    const { repositories, reports } = await loadArchives({ places: [folder] });
    expect(repositories).toEqual([]);
    expect(reports).toEqual([
      { archive: join(folder, 'broken.tar.gz'), problem: expect.any(String) },
      { archive: join(folder, 'broken.zip'), problem: expect.any(String) },
    ]);
    const nowhere = join(folder, 'none-*.zip');
    await expect(loadArchives({ places: [nowhere] })).rejects.toThrow(
      'No archive',
    );
    await rm(folder, { recursive: true });
  });
});

const describeData = hasData ? describe : describe.skip;

describeData(
  'public archives (skipped where the public data is missing)',
  () => {
    it('become one run each', async () => {
      const { reports, repositories } = await loadArchives({ places });
      const labels = readFileSync(join(DATA, 'bump.jsonl'), 'utf8')
        .split('\n')
        .filter(line => line.includes('"bump_gha"'))
        .map(line => JSON.parse(line));
      expect(reports).toHaveLength(labels.length + 1);
      expect(reports.filter(({ problem }) => problem)).toEqual([]);
      const runs = new Set(reports.map(({ run }) => run));
      expect(runs.size).toBe(reports.length);
      const byId = new Map(
        repositories.flatMap(repository =>
          repository.runs.map(run => [run.id, { repository, run }] as const),
        ),
      );
      for (const label of labels) {
        const report = reports.find(({ archive }) =>
          archive.endsWith(label.path),
        );
        const { repository, run } = byId.get(report!.run!)!;
        const slug = `${repository.owner}/${repository.name}`.toLowerCase();
        // Labels tell the pull request of most.
        const said = `${slug}/pull/${run.branch.split('/')[1]}`;
        const pull = label.pr?.toLowerCase() ?? said;
        expect(pull).toContain(said);
        const [attempt] = run.attempts;
        expect(attempt.conclusion).toBe('failure');
        const failed = attempt.jobs.filter(job => job.conclusion === 'failure');
        expect(failed.length).toBeGreaterThan(0);
        for (const { steps } of failed) {
          expect(steps.map(step => step.conclusion)).toContain('failure');
        }
      }
    }, 60_000);

    it('are served in GitHub’s shape, with what their own description says', async () => {
      const simulator = await createSimulator({ archives: places.slice(1) });
      const openApi = OpenApi.create();
      const [report] = simulator.archives;
      expect(report).toMatchObject({
        repository: 'PyTables/PyTables',
        run: 6261949618,
        conclusion: 'success',
        jobs: 18,
      });
      const template = '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs';
      const address = `${simulator.url}/repos/pytables/pytables/actions/runs/6261949618/jobs?per_page=100`;
      const answer = await fetch(address);
      const body = await answer.json();
      expect(
        openApi.problemsOfAnswer({
          ...{ method: 'get', template, status: 200, body },
        }),
      ).toEqual([]);
      for (const job of body.jobs) {
        expect(job.conclusion).toBe('success');
        expect(job.steps.length).toBeGreaterThan(3);
      }
      const { job } = simulator.world.job(body.jobs[0].id)!;
      const log = await text(await job.log!.open());
      expect(log.split('\n').length).toBeGreaterThan(100);
      await simulator.close();
    }, 60_000);
  },
);
