import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { SeriesSource } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import { SeriesScene } from './__testUtils__/SeriesScene';
import { SourceReadings } from './SourceReadings';
import { SourceRegistry } from './SourceRegistry';

jest.setTimeout(120_000);

describe.each(TestDatabases.create().eachSupportedId())('series on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(id as any);
    await CiMedicDatabase.migrate(knex);
  });

  async function tell() {
    const rows = await knex('series_points')
      .join('series_subjects', 'series_subjects.id', 'series_points.subject_id')
      .orderBy(['kind', 'branch_class', 'series_points.at'])
      .select('series_points.*', 'kind', 'job_name', 'branch_class');
    return rows.map(row => ({
      what: `${row.kind} ${row.branch_class} ${row.number}`,
      attempts: row.attempts,
      failure: row.failure,
      flip: row.flip,
      duration: row.duration,
      minutes: row.minutes,
    }));
  }

  it('measures runs in any order, and as more becomes known of them', async () => {
    const scene = await SeriesScene.create(knex);
    const failed = { build: { conclusion: 'failure' as const } };
    await scene.take({ number: 3 });
    await scene.take({ number: 2, jobs: failed });
    await scene.take({ number: 1, branch: 'topic' });
    const first = await tell();
    expect(first.map(({ what }) => what)).toEqual([
      ...['job main 2', 'job main 3', 'job other 1'],
      ...['pipeline main 2', 'pipeline main 3', 'pipeline other 1'],
    ]);
    expect(first[0]).toMatchObject({ failure: 1, flip: 0, duration: null });
    expect(first[1]).toMatchObject({ failure: 0, duration: 60, minutes: 1 });

    const work = await scene.take({ number: 2, attempt: 2, minute: 30 });
    const second = await tell();
    expect(second[0]).toMatchObject({ attempts: 2, failure: 1, flip: 1 });
    expect(second).toHaveLength(first.length);
    expect(work.map(({ kind }) => kind)).toEqual([
      'anomalies.judge',
      'tests.judge',
    ]);
    const [news] = await knex('series_news');
    expect(Number(news.since)).toBe(SeriesScene.start + 60_000);
  });

  it('waits for attempts that still run', async () => {
    const scene = await SeriesScene.create(knex);
    await scene.store({ number: 1 });
    await knex('runs').update({ status: 'in_progress' });
    await scene.do('series.take', { runId: scene.runId(1) });
    expect(await tell()).toEqual([]);
  });

  it('builds everything anew in pieces, with progress, and to the same', async () => {
    const scene = await SeriesScene.create(knex);
    for (let number = 1; number <= 120; number++) {
      const tests = { adds: 'passed' as const };
      await scene.take({ number, jobs: { test: { tests } } });
    }
    const before = await tell();
    await knex('series_points').where('number', '>', 60).delete();
    await knex('test_cases').update({ test_id: null });
    await scene.builds.run();
    const projectId = scene.project.id;
    const [next] = await scene.do('series.build', { projectId });
    expect(await scene.builds.latest(projectId)).toMatchObject({
      ...{ state: 'running', done: 100, total: 120 },
    });
    // Meanwhile a run comes in, and one is known better.
    await scene.take({ number: 121, minute: 121 });
    await scene.settle([next]);
    expect(await scene.builds.latest(projectId)).toMatchObject({
      state: 'done',
    });
    const after = await tell();
    expect(after.filter(({ what }) => !what.endsWith(' 121'))).toEqual(before);
    expect(await knex('test_cases').whereNull('test_id')).toEqual([]);
    expect(await knex('series_tests')).toMatchObject([
      { name: 'adds', job_name: 'test' },
    ]);
    // Nothing is due any more, but somebody may ask for it.
    await scene.builds.run();
    expect((await scene.builds.latest(projectId))?.state).toBe('done');
    expect((await scene.builds.start(projectId)).state).toBe('queued');
  });

  it('counts each attempt once, and no history', async () => {
    const prices = [{ label: 'linux', perMinute: 0.01 }];
    const scene = await SeriesScene.create(knex, { prices });
    const failed = { build: { conclusion: 'failure' as const } };
    await scene.take({ number: 1, jobs: failed });
    await scene.take({ number: 1, jobs: failed });
    await scene.take({ number: 1, attempt: 2, minute: 5 });
    scene.clock.time += 3 * 24 * 3_600_000;
    await scene.take({ number: 2 });
    const counters = await scene.counters.list();
    expect(counters).toMatchObject([
      { result: 'failure', attempts: 1, reruns: 0, runnerSeconds: 60 },
      { result: 'success', attempts: 1, reruns: 1, runnerSeconds: 60 },
    ]);
    expect(counters[0].cost).toBeCloseTo(0.01);
    expect(counters[0].queues).toMatchObject({ sum: 5 });
  });

  it('reads figures from outside on and on', async () => {
    const scene = await SeriesScene.create(knex);
    const asked: [from: number, to: number][] = [];
    const source: SeriesSource = {
      id: 'memory',
      title: 'Memory',
      read: async ({ from, to }) => {
        asked.push([from.getTime(), to.getTime()]);
        return [
          {
            ...{ id: 'cpu', name: 'Runner CPU', unit: 'cores' },
            entityRef: 'Component:default/shop',
            points: [
              // What was asked for before is not taken again.
              { at: from, value: 1 },
              { at: to, value: 2 },
              { at: to, value: NaN },
            ],
          },
        ];
      },
    };
    const sources = new SourceRegistry();
    sources.add(source);
    const { database, queue } = scene;
    const logger = mockServices.logger.mock();
    const readings = new SourceReadings({ database, queue, sources, logger });
    await readings.run();
    const before = asked.length;
    expect(await knex('series_points')).toHaveLength(before);
    scene.clock.time += 60_000;
    source.read = async () => {
      throw new Error('away');
    };
    await readings.run();
    expect(logger.warn).toHaveBeenCalledWith('Memory could not be read: away');
    expect(await knex('series_subjects')).toMatchObject([
      { kind: 'source', name: 'Runner CPU', unit: 'cores' },
    ]);
    expect(await knex('work')).toMatchObject([{ kind: 'anomalies.judge' }]);
  });
});
