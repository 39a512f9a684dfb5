import { TestDatabases } from '@backstage/backend-test-utils';
import { Conclusion, wilsonInterval } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, projectIdOf } from '../database';
import { RunStore } from '../ingest/RunStore';
import { HealthReader } from './HealthReader';

jest.setTimeout(60_000);

const entityRef = 'component:default/shop';
const ref = { provider: 'memory', host: 'ci.example', slug: 'acme/shop' };
const project = { id: projectIdOf(ref), ref };

type HealthRun = {
  at: string;
  conclusion?: Conclusion;
  seconds?: number;
  attempt?: number;
  branch?: string;
  pipeline?: string;
};

describe.each(TestDatabases.create().eachSupportedId())('health on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  // 00:30 of the 25th in Berlin, 15:30 of the 24th in Los Angeles.
  const now = Date.parse('2026-11-24T23:30:00Z');
  let knex: Knex;
  let database: CiMedicDatabase;

  beforeAll(async () => {
    knex = await databases.init(id as any);
    await CiMedicDatabase.migrate(knex);
    database = CiMedicDatabase.fromKnex(knex, {
      clock: { now: on => on.raw('cast(? as bigint)', [now]) },
    });
  });

  async function health(
    runs: Record<string, HealthRun>,
    query?: Partial<Parameters<HealthReader['read']>[0]>,
  ) {
    await knex('runs').delete();
    await knex('run_entities').delete();
    const store = RunStore.create({ database });
    for (const [name, run] of Object.entries(runs)) {
      const { at, conclusion, seconds = 60, branch = 'main' } = run;
      const { pipeline = 'CI', attempt = 1 } = run;
      const [runId] = name.split('#');
      await database.transaction(trx =>
        store.save(trx, project, {
          runId,
          attempt,
          pipeline: { id: pipeline, name: pipeline },
          event: 'push',
          branch,
          commit: { sha: 'c0ffee' },
          pullRequests: [],
          isFork: false,
          status: conclusion ? 'completed' : 'in_progress',
          conclusion,
          createdAt: at,
          startedAt: at,
          updatedAt: new Date(Date.parse(at) + seconds * 1_000).toISOString(),
        }),
      );
    }
    const stored = await knex('runs').distinct(
      'run_id',
      'created_at',
      'branch',
    );
    for (const row of stored) {
      await knex('run_entities').insert({
        ...row,
        entity_ref: entityRef,
        pipeline_id: 'CI',
      });
    }
    return HealthReader.create({ database }).read({
      ...{ entityRef, days: 3, timeZone: 'UTC' },
      ...query,
    });
  }

  it('counts the latest attempts of runs that succeeded or failed', async () => {
    const figures = await health({
      '1': { at: '2026-11-24T01:00:00Z', conclusion: 'success' },
      '2#1': { at: '2026-11-24T02:00:00Z', conclusion: 'failure' },
      '2#2': {
        at: '2026-11-24T02:00:00Z',
        attempt: 2,
        conclusion: 'success',
        seconds: 180,
      },
      '3': { at: '2026-11-23T01:00:00Z', conclusion: 'timed_out' },
      '4': { at: '2026-11-23T02:00:00Z', conclusion: 'cancelled' },
      '5': { at: '2026-11-23T03:00:00Z', conclusion: 'skipped' },
      '6': { at: '2026-11-24T23:00:00Z' },
      '7': { at: '2026-11-21T12:00:00Z', conclusion: 'startup_failure' },
      '8': { at: '2026-11-18T23:59:59Z', conclusion: 'failure' },
    });
    expect(figures.current).toMatchObject({
      from: '2026-11-22T00:00:00.000Z',
      runs: 3,
      failed: 1,
      successRate: wilsonInterval(2, 3),
      duration: { medianMs: 60_000, p90Ms: 156_000, n: 3 },
    });
    expect(figures.previous).toMatchObject({
      from: '2026-11-19T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      runs: 1,
      failed: 1,
      successRate: { value: 0 },
    });
    expect(figures.days.map(({ runs, failed }) => [runs, failed])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
    ]);
  });

  it('claims nothing when no run counts', async () => {
    const { current, updatedAt } = await health({});
    expect(current).toMatchObject({ runs: 0, failed: 0 });
    expect(current.successRate).toBeUndefined();
    expect(current.duration).toBeUndefined();
    expect(updatedAt).toBeUndefined();
  });

  it('begins days at midnight of the reader, over changes of the clock too', async () => {
    const runs: Record<string, HealthRun> = {
      '1': { at: '2026-11-24T22:59:00Z', conclusion: 'success' },
      '2': { at: '2026-11-24T23:01:00Z', conclusion: 'failure' },
    };
    const perDay = async (timeZone: string) =>
      (await health(runs, { timeZone })).days.map(day => day.runs);
    expect(await perDay('UTC')).toEqual([0, 0, 2]);
    expect(await perDay('Europe/Berlin')).toEqual([0, 1, 1]);
    expect(await perDay('America/Los_Angeles')).toEqual([0, 0, 2]);
    const { days } = await health(runs, {
      timeZone: 'Europe/Berlin',
      days: 40,
    });
    const hours = days.map(
      ({ from, to }) => (Date.parse(to) - Date.parse(from)) / 3_600_000,
    );
    expect(hours.filter(length => length === 25)).toHaveLength(1);
    days.slice(1).forEach((day, index) => {
      expect(day.from).toBe(days[index].to);
    });
  });

  it('narrows by branch and pipeline, but offers all of them', async () => {
    const runs: Record<string, HealthRun> = {
      '1': { at: '2026-11-24T01:00:00Z', conclusion: 'success' },
      '2': {
        at: '2026-11-24T02:00:00Z',
        conclusion: 'failure',
        branch: 'next',
      },
      '3': {
        at: '2026-11-24T03:00:00Z',
        conclusion: 'success',
        pipeline: 'Nightly',
      },
    };
    const next = await health(runs, { branch: 'next' });
    expect(next.current).toMatchObject({ runs: 1, failed: 1 });
    expect(next.branches).toEqual(['main', 'next']);
    const nightly = await health(runs, { pipeline: 'Nightly' });
    expect(nightly.current).toMatchObject({ runs: 1, failed: 0 });
    expect(nightly.pipelines.map(({ name }) => name)).toEqual([
      'CI',
      'Nightly',
    ]);
  });
});
