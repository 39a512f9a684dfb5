import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase } from '../database';
import { WorkQueue } from '../work';
import { IncidentScene, SceneJob } from './__testUtils__/IncidentScene';
import { STALE_MS } from './foldTimeline';
import { IncidentReader } from './IncidentReader';
import { StaleIncidents } from './StaleIncidents';

jest.setTimeout(120_000);

const failed = (run: number, more?: Partial<SceneJob>): SceneJob => ({
  run,
  conclusion: 'failure',
  fingerprint: 'oom',
  ...more,
});
const passed = (run: number, more?: Partial<SceneJob>): SceneJob => ({
  run,
  conclusion: 'success',
  ...more,
});

describe.each(TestDatabases.create().eachSupportedId())(
  'incidents on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const clock = {
      time: IncidentScene.start + 100 * 3_600_000,
      now: (knex: Knex) => knex.raw('cast(? as bigint)', [clock.time]),
    };
    let database: CiMedicDatabase;
    let scenes = 0;

    beforeAll(async () => {
      const knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      database = CiMedicDatabase.fromKnex(knex, { clock });
    });

    const scene = () => IncidentScene.create(database, `o/r${++scenes}`);

    const rowsOf = async ({ project }: IncidentScene) =>
      database.knex('incidents').where({ project_id: project.id });

    it('keeps one incident a fingerprint through failure, pass and failure', async () => {
      const build = await scene();
      for (const job of [
        failed(1),
        failed(2),
        failed(3, { fingerprint: 'dns', name: 'deploy' }),
        passed(4),
        passed(5, { branch: 'other', name: 'deploy' }),
        failed(6),
      ]) {
        await build.arrive(job);
      }
      expect(await build.tell()).toEqual({
        dns: {
          state: 'open',
          occurrences: 1,
          seen: [3, 3],
          resolvedAt: null,
          reopened: 0,
          timeline: ['opened@3 by 3.1 deploy'],
        },
        oom: {
          state: 'open',
          occurrences: 3,
          seen: [1, 6],
          resolvedAt: null,
          reopened: 1,
          timeline: [
            'opened@1 by 1.1 build',
            'resolved@4 by 4.1 build',
            'reopened@6 by 6.1 build',
          ],
        },
      });
    });

    it('resolves by a pass of the same job on the same branch only', async () => {
      const build = await scene();
      await build.arrive(failed(1));
      for (const job of [
        passed(2, { branch: 'other' }),
        passed(3, { name: 'lint' }),
        passed(4, { conclusion: 'cancelled' }),
        passed(5, { conclusion: 'skipped' }),
      ]) {
        await build.arrive(job);
        expect(await build.tell()).toMatchObject({ oom: { state: 'open' } });
      }
      await build.arrive(passed(6));
      expect(await build.tell()).toMatchObject({
        oom: { state: 'resolved', resolvedAt: 6 },
      });
    });

    it('counts a job once, however often it is observed, and does not change its version', async () => {
      const build = await scene();
      await build.arrive(failed(1));
      const [before] = await rowsOf(build);
      await build.arrive(failed(1));
      await build.observe(failed(1));
      expect(await rowsOf(build)).toEqual([before]);
      expect(before).toMatchObject({ occurrences: 1, version: 1 });
    });

    it('moves an occurrence whose log was read anew, and leaves nothing empty behind', async () => {
      const build = await scene();
      await build.arrive(failed(1, { fingerprint: undefined }));
      const [{ fingerprint }] = await rowsOf(build);
      expect(fingerprint).toMatch(/^no-log:/);
      await build.arrive(failed(1, { fingerprint: 'oom' }));
      expect(await build.tell()).toMatchObject({ oom: { occurrences: 1 } });
      expect(await rowsOf(build)).toHaveLength(1);
    });

    it('moves an occurrence away from an incident that has others', async () => {
      const build = await scene();
      await build.arrive(failed(1));
      await build.arrive(failed(2, { name: 'deploy' }));
      await build.arrive(failed(2, { name: 'deploy', fingerprint: 'dns' }));
      await build.arrive(passed(3));
      expect(await build.tell()).toMatchObject({
        dns: { state: 'open', occurrences: 1 },
        oom: { state: 'resolved', occurrences: 1, resolvedAt: 3 },
      });
      const reader = IncidentReader.create({ database });
      const oom = (await rowsOf(build)).find(row => row.fingerprint === 'oom');
      expect(await reader.get(oom.id)).toMatchObject({
        jobs: ['build'],
        title: 'It says oom',
      });
    });

    it('does not let a rerun of an old commit decide', async () => {
      const build = await scene();
      await build.arrive(failed(1));
      await build.arrive(failed(5));
      await build.arrive(passed(1, { attempt: 2, at: 8 }));
      expect(await build.tell()).toMatchObject({
        oom: { state: 'open', timeline: ['opened@1 by 1.1 build'] },
      });
      await build.arrive(passed(5, { attempt: 2, at: 9 }));
      expect(await build.tell()).toMatchObject({
        oom: { state: 'resolved', resolvedAt: 9 },
      });
    });

    it('says the same whatever order the jobs become known in', async () => {
      const jobs = fc.uniqueArray(
        fc.record({
          run: fc.integer({ min: 1, max: 9 }),
          attempt: fc.constantFrom(1, 2),
          name: fc.constantFrom('build', 'deploy'),
          at: fc.integer({ min: 10, max: 60 }),
          conclusion: fc.constantFrom('failure' as const, 'success' as const),
          fingerprint: fc.constantFrom('oom', 'dns'),
        }),
        {
          maxLength: 9,
          selector: ({ run, attempt, name }) => `${run} ${attempt} ${name}`,
        },
      );
      const orders = jobs.chain(items =>
        fc.tuple(
          fc.constant(items),
          fc.shuffledSubarray(items, { minLength: items.length }),
        ),
      );
      await fc.assert(
        fc.asyncProperty(orders, async ([one, other]) => {
          const [left, right] = [await scene(), await scene()];
          for (const job of one) {
            await left.arrive(job);
          }
          for (const job of other) {
            await right.arrive(job);
          }
          expect(await right.tell()).toEqual(await left.tell());
        }),
        { numRuns: 25 },
      );
    });

    it('comes to the same when many observe at the same time', async () => {
      const jobs = [
        ...[1, 2, 3, 4, 5, 6].map(run => failed(run)),
        ...[2, 4, 6].map(run => failed(run, { name: 'deploy' })),
        ...[1, 3].map(run => failed(run, { name: 'lint', fingerprint: 'dns' })),
        passed(7),
        passed(8, { name: 'deploy' }),
        passed(9, { name: 'lint' }),
        failed(10),
      ];
      const [quiet, busy] = [await scene(), await scene()];
      for (const job of jobs) {
        await quiet.arrive(job);
        await busy.store(job);
      }
      // Each twice, as when a lease was lost.
      await Promise.all([...jobs, ...jobs].map(job => busy.observe(job)));
      expect(await busy.tell()).toEqual(await quiet.tell());
      expect(await quiet.tell()).toMatchObject({
        oom: { occurrences: 10, state: 'open', reopened: 1 },
        dns: { occurrences: 2, state: 'resolved' },
      });
    });

    it('closes what is stale, and forgets occurrences whose runs are gone', async () => {
      const build = await scene();
      await build.arrive(failed(1));
      await build.arrive(failed(2, { name: 'deploy' }));
      await build.arrive(failed(3, { fingerprint: 'dns' }));
      const stale = new StaleIncidents({
        queue: WorkQueue.create({ database }),
        database,
        incidents: build.incidents,
        changes: ChangeFeed.create({
          signals: { publish: async () => {} },
          logger: { debug() {} } as any,
        }),
      });
      for (const run of [2, 3]) {
        await database
          .knex('runs')
          .where({ run_id: build.runId(failed(run)) })
          .delete();
      }
      await stale.run();
      expect(await build.tell()).toMatchObject({
        oom: { state: 'open', occurrences: 1, seen: [1, 1] },
      });
      expect(await rowsOf(build)).toHaveLength(1);
      const before = clock.time;
      clock.time = IncidentScene.start + 3_600_000 + STALE_MS + 1;
      await stale.run();
      clock.time = before;
      expect(await build.tell()).toMatchObject({
        oom: {
          state: 'resolved',
          timeline: [
            'opened@1 by 1.1 build',
            `closed_stale@${1 + 14 * 24} by time`,
          ],
        },
      });
    });
  },
);
