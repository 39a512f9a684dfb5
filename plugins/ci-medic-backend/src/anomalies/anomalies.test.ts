import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, readUnusual } from '../database';
import { IncidentStore } from '../incidents/IncidentStore';
import { SeriesReader } from '../metrics';
import { SceneRun, SeriesScene } from '../metrics/__testUtils__/SeriesScene';
import { workPriority, WorkRequest } from '../work';
import { AnomalyReader } from './AnomalyReader';
import { AnomalySettingsStore } from './AnomalySettingsStore';
import { GroupHandler } from './GroupHandler';
import { JudgeHandler } from './JudgeHandler';
import { TestsJudgeHandler } from './TestsJudgeHandler';

jest.setTimeout(120_000);

/** A whole number from 0 to below `below`, the same each time. */
function noise(seed: number, below: number): number {
  return Math.abs(Math.round(Math.sin(seed * 12.9898) * 43_758.5453)) % below;
}

/** Runs a quarter of an hour apart that take about five minutes, and from the 60th on about eight. */
function slowDown(number: number): SceneRun {
  const seconds = (number <= 60 ? 300 : 480) + noise(number, 30);
  return { number, minute: 15 * number, jobs: { build: { seconds } } };
}

describe.each(TestDatabases.create().eachSupportedId())(
  'anomalies on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
    });

    async function setUp(options?: { slug?: string; dailyBudget?: number }) {
      const scene = await SeriesScene.create(knex, options);
      const { database } = scene;
      const changes = ChangeFeed.create({
        signals: { publish: async () => {} },
        logger: scene.logger,
      });
      const settings = new AnomalySettingsStore({ database });
      const config = {
        dailyBudget: options?.dailyBudget ?? 1,
        maxAgeMs: 24 * 3_600_000,
      };
      const planned: WorkRequest[] = [];
      scene.add(new JudgeHandler({ database, changes }));
      scene.add(new TestsJudgeHandler({ database }));
      scene.add(new GroupHandler({ database, changes, settings, config }));
      scene.add({
        ...{ kind: 'alerts.plan', schema: undefined as any },
        ...{ concurrency: 1, leaseMs: 1, maxAttempts: 1 },
        run: async item => {
          planned.push(item.payload);
          return {};
        },
      });
      return { scene, settings, planned };
    }

    async function take(scene: SeriesScene, ...runs: SceneRun[]) {
      for (const [index, run] of runs.entries()) {
        const work = await scene.take(run);
        if (index % 10 === 9 || index === runs.length - 1) {
          await scene.settle(work);
        }
      }
    }

    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index);

    /** All that is known, without ids and what the time of judging decides. */
    async function tell() {
      const rows = await knex('anomalies')
        .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
        .orderBy(['job_name', 'metric', 'finding_id'])
        .select('anomalies.*', 'job_name');
      return rows.map(row => ({
        series: `${row.job_name ?? 'pipeline'} ${row.metric}`,
        finding: row.finding_id,
        stage: row.stage,
        sentence: row.sentence,
        ended: row.ended_at === null ? null : Number(row.ended_at),
      }));
    }

    it('finds a slow-down, opens one incident, and tells its owners once', async () => {
      const { scene, planned } = await setUp();
      await take(scene, ...numbers(1, 90).map(slowDown));
      const shift = (await tell()).find(
        ({ series, finding }) =>
          series === 'build duration' && finding.startsWith('shift:6'),
      );
      expect(shift).toMatchObject({ finding: 'shift:61', stage: 'alert' });
      expect(shift?.sentence).toMatch(
        /^CI \/ build on main: duration: moved from 5m1\ds to 8m1\ds .* starting at run 61 \(c0ffee6, /,
      );
      const [incident, ...others] = await knex('incidents');
      expect(others).toEqual([]);
      expect(incident).toMatchObject({
        ...{ kind: 'anomaly', state: 'open', occurrences: 1 },
      });
      expect(planned).toEqual([{ incidentId: incident.id }]);
      const together = await knex('anomalies').where({
        incident_id: incident.id,
      });
      // Job and pipeline became slower together.
      expect(together.length).toBeGreaterThan(1);
      expect(together.filter(({ quiet }) => quiet === null)).toHaveLength(1);

      // The job passes and passes: that says nothing about how long it takes.
      await scene.database.transaction(trx =>
        IncidentStore.create({ database: scene.database }).recompute(trx, [
          incident.id,
        ]),
      );
      expect((await knex('incidents').first()).state).toBe('open');
    });

    it('takes pipelines that became slower with the same commits for one event', async () => {
      const { scene, planned } = await setUp();
      const late = (number: number): SceneRun => ({
        ...{ ...slowDown(number), number: 1_000 + number, pipeline: 'Late' },
        // Longer after the other pipeline than what happens at one time may be.
        ...{ minute: 15 * number + 200, sha: `c0ffee${number}` },
      });
      await take(
        scene,
        ...numbers(1, 90)
          .flatMap(number => [slowDown(number), late(number)])
          .sort((left, right) => left.minute! - right.minute!),
      );
      const moved = await knex('anomalies')
        .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
        .where({ stage: 'alert', metric: 'duration', job_name: 'build' })
        .whereNot({ 'anomalies.kind': 'spike' })
        .select('pipeline_name', 'group_id');
      expect(moved.map(row => row.pipeline_name).sort()).toEqual([
        ...['CI', 'Late'],
      ]);
      expect(moved[0].group_id).toEqual(expect.any(String));
      expect(moved[1].group_id).toBe(moved[0].group_id);
      expect(planned).toHaveLength(1);
    });

    it('shows which test became slower, and tells people of its job', async () => {
      const { scene, planned } = await setUp();
      const run = (number: number): SceneRun => {
        const seconds = (number <= 60 ? 4 : 184) + noise(number, 100) / 100;
        return {
          ...{ number, minute: 15 * number },
          jobs: {
            build: {
              seconds: 300 + seconds + noise(number, 30),
              tests: { slow: 'passed', quick: 'passed', steady: 'passed' },
              testSeconds: { slow: seconds, quick: 0.4, steady: 3 },
            },
          },
        };
      };
      await take(scene, ...numbers(1, 90).map(run));
      const subjects = await knex('series_subjects').where({ kind: 'test' });
      expect(subjects.map(({ name }) => name).sort()).toEqual([
        'slow',
        'steady',
      ]);
      const [incident, ...others] = await knex('incidents');
      expect(others).toEqual([]);
      expect(planned).toEqual([{ incidentId: incident.id }]);
      const moved = await knex('anomalies')
        .join('series_subjects', 'series_subjects.id', 'anomalies.subject_id')
        .where({ 'series_subjects.kind': 'test', stage: 'alert' })
        .select('anomalies.*', 'series_subjects.name');
      expect(moved).toMatchObject([
        {
          ...{ name: 'slow', incident_id: incident.id },
          quiet: 'It is a part of its job, of which people are told',
        },
      ]);
      expect(moved[0].sentence).toMatch(
        /^CI \/ build \/ slow on main: duration: moved from 4\.\d s to 3m0\ds .* starting at run 61 /,
      );
      const unusual = await readUnusual(knex, {
        ...{ incidentId: incident.id, projectId: scene.project.id },
        ...{ pipelineId: 'CI', jobName: 'build' },
        runId: scene.runId(70),
        at: Number(moved[0].began_at),
      });
      expect(unusual.map(({ of }) => of)).toEqual(
        expect.arrayContaining(['runs', 'test']),
      );
    });

    it('takes what became better for no sign of trouble', async () => {
      const { scene } = await setUp();
      const quicker = (number: number): SceneRun => ({
        ...slowDown(121 - number),
        ...{ number, minute: 15 * number },
      });
      await take(scene, ...numbers(1, 90).map(quicker));
      const moved = await knex('anomalies').where({ stage: 'alert' });
      expect(moved.map(({ direction }) => direction)).toContain('down');
      const unusual = await readUnusual(knex, {
        ...{ incidentId: 'none', projectId: scene.project.id },
        ...{ pipelineId: 'CI', jobName: 'build', runId: scene.runId(75) },
        at: SeriesScene.start + 75 * 15 * 60_000,
      });
      expect(unusual).toEqual([]);
    });

    it('says the same in whatever order runs become known', async () => {
      const { scene } = await setUp();
      await take(scene, ...numbers(1, 150).map(slowDown));
      const inOrder = await tell();
      expect(inOrder.length).toBeGreaterThan(0);

      const other = await SeriesScene.create(knex, { slug: 'acme/other' });
      for (const handler of scene.handlers.values()) {
        other.add(handler);
      }
      const shuffled = numbers(1, 150).sort(
        (left, right) => noise(left, 997) - noise(right, 997),
      );
      await knex('anomalies').delete();
      for (const [index, number] of shuffled.entries()) {
        const work = await other.take(slowDown(number));
        if (index % 10 === 0 || index === shuffled.length - 1) {
          await other.settle(work);
        }
      }
      expect(await tell()).toEqual(inOrder);
    });

    it('notices a warning that was never in a log, one that comes more often, and one that is gone', async () => {
      const { scene, planned } = await setUp();
      const deprecated = 'warning: the method is deprecated';
      const linesOf = (number: number) => {
        if (number < 41 || number > 120) {
          return 0;
        }
        return number < 81 ? 3 : 12;
      };
      const logged = (number: number): SceneRun => {
        const lines = linesOf(number);
        const warnings: Record<string, number> = lines
          ? { [deprecated]: lines }
          : {};
        return { number, jobs: { build: { warnings } } };
      };
      await take(scene, ...numbers(1, 160).map(logged));
      const said = (await tell())
        .filter(({ series }) => series === 'build value')
        .map(({ finding, sentence }) => [finding, sentence]);
      const name = `CI / build / ${deprecated} on main: lines of the log`;
      expect(said).toEqual(
        expect.arrayContaining([
          [
            'novel:41',
            expect.stringContaining(`${name}: never seen in 40 runs`),
          ],
          ['count:81', expect.stringMatching(/from 3 lines a run .* to 12/)],
          ['count:121', expect.stringMatching(/from 12 lines a run .* to 0/)],
        ]),
      );
      // Whoever looks finds it; nobody is told.
      expect(planned).toEqual([]);
      const [subject] = await knex('series_subjects').where({
        kind: 'template',
      });
      const series = await new SeriesReader({
        database: scene.database,
      }).read({
        ...{ entityRef: 'component:default/shop', subjectId: subject.id },
        ...{ metric: 'value', days: 30 },
      });
      expect(series).toMatchObject({ unit: 'other', unitName: 'lines' });
      expect(series.points.map(({ value }) => value)).toEqual(
        numbers(1, 160).map(linesOf),
      );
    });

    it('resolves what went away', async () => {
      const { scene, planned } = await setUp();
      const quick = (number: number): SceneRun => ({
        ...slowDown(number - 60),
        ...{ number, minute: 15 * number },
      });
      await take(scene, ...numbers(1, 90).map(slowDown));
      expect((await knex('incidents').first()).state).toBe('open');
      await take(scene, ...numbers(91, 120).map(quick));
      const [incident] = await knex('incidents');
      expect(incident.state).toBe('resolved');
      const timeline = await knex('incident_timeline').orderBy('position');
      expect(timeline.map(({ kind }) => kind)).toEqual(['opened', 'resolved']);
      expect(planned).toHaveLength(2);
    });

    it('adds to the incident of failures what moved with it', async () => {
      const { scene, planned } = await setUp();
      await take(scene, ...numbers(1, 40).map(slowDown));
      // Observed as the failure path does.
      const failing = numbers(41, 50).map(
        (number): SceneRun => ({
          ...{ number, minute: 15 * number },
          jobs: { build: { conclusion: 'failure' } },
        }),
      );
      await scene.store(failing[0]);
      const job = await knex('jobs').where({ conclusion: 'failure' }).first();
      await scene.database.transaction(trx =>
        IncidentStore.create({ database: scene.database }).takeFailure(trx, {
          ...{
            jobId: job.job_id,
            runId: job.run_id,
            attempt: 1,
            name: 'build',
          },
          ...{ projectId: scene.project.id, pipelineId: 'CI' },
          ...{ pipelineName: 'CI', branch: 'main', trackId: 'track' },
          ...{ order: '1', at: Number(job.completed_at), outcome: 'failed' },
          ...{ fingerprint: 'f', title: 'It broke', runCreatedAt: 0 },
        }),
      );
      await take(scene, ...failing);
      const rates = await knex('anomalies').where({ kind: 'rate' });
      expect(rates.length).toBeGreaterThan(0);
      const incidents = await knex('incidents');
      expect(incidents).toMatchObject([{ kind: 'failure' }]);
      expect(new Set(rates.map(({ incident_id }) => incident_id))).toEqual(
        new Set([incidents[0].id]),
      );
      expect(planned).toEqual([]);
    });

    it('tells nobody what they do not want to hear, or too much of it', async () => {
      const { scene, settings, planned } = await setUp();
      await settings.save('component:default/shop', {
        ...{ metric: 'duration', mode: 'quiet' },
        ...{ leastChange: 0.1, certainty: 'normal' },
      });
      await settings.save('component:default/shop', {
        ...{ metric: 'minutes', mode: 'off' },
        ...{ leastChange: 0.1, certainty: 'normal' },
      });
      await take(scene, ...numbers(1, 90).map(slowDown));
      expect(planned).toEqual([]);
      expect(await knex('incidents')).toEqual([]);
      const quiet = await knex('anomalies')
        .where({ metric: 'duration', stage: 'alert', kind: 'shift' })
        .pluck('quiet');
      expect(new Set(quiet)).toEqual(
        new Set(['The settings say that nobody is told of this metric']),
      );

      const other = await setUp({ slug: 'acme/other', dailyBudget: 0 });
      await knex('anomaly_settings').delete();
      await take(other.scene, ...numbers(1, 90).map(slowDown));
      expect(other.planned).toEqual([]);
      expect(await knex('incidents')).toHaveLength(1);
    });

    it.each(['running', 'waiting'])(
      'judges nothing while history is %s, and says so',
      async state => {
        const { scene } = await setUp();
        const { clock, database, project, queue } = scene;
        clock.time += 5 * 24 * 3_600_000;
        const entityRef = 'component:default/shop';
        const reader = new AnomalyReader({ database });
        await knex('entity_projects').insert({
          ...{ entity_ref: entityRef, provider: 'test', seen_at: 0 },
          project_id: project.id,
        });
        await knex('backfills').insert({
          ...{ id: 'history', project_id: project.id, state, days: 30 },
          ...{ requested_at: 0, oldest_at: 0, newest_at: 0 },
        });
        for (const run of numbers(1, 90).map(slowDown)) {
          await scene.take(run);
        }
        const judge = () =>
          scene.do('anomalies.judge', {
            ...{ projectId: project.id, pipelineId: 'CI' },
          });
        const asked = await judge();
        expect(asked.map(({ kind }) => kind)).toEqual(['anomalies.judge']);
        expect(await tell()).toEqual([]);
        expect(await reader.isReadingHistory(entityRef)).toBe(true);

        await knex('backfills').update({ state: 'done' });
        await database.transaction(trx =>
          queue.enqueue(trx, {
            ...{ ...asked[0], lane: project.id },
            priority: workPriority.background,
          }),
        );
        expect(await reader.isReadingHistory(entityRef)).toBe(true);
        await judge();
        await knex('work').delete();
        expect(await reader.isReadingHistory(entityRef)).toBe(false);
        const stages = (await tell()).map(({ stage }) => stage);
        expect(stages).toContain('alert');
      },
    );

    it('judges tests, leaves out outages, and takes in late history', async () => {
      const { scene } = await setUp();
      const run = (
        number: number,
        tests: Record<string, 'passed' | 'failed'>,
        attempt = 1,
      ): SceneRun => ({
        ...{ number, attempt, minute: 30 * number + attempt },
        sha: `sha${number}`,
        jobs: {
          test: {
            tests: {
              ...{ steady: 'passed', calm: 'passed', other: 'passed' },
              ...tests,
            },
            seconds: 120,
          },
        },
      });
      const outage = { steady: 'failed', calm: 'failed', other: 'failed' };
      const history = numbers(1, 60).flatMap(number => {
        if (number % 20 === 0) {
          return [
            run(number, { shaky: 'failed' }),
            run(number, { shaky: 'passed' }, 2),
          ];
        }
        return number === 33
          ? [
              run(number, { ...outage, shaky: 'failed' } as any),
              run(number, { shaky: 'passed' }, 2),
            ]
          : [run(number, { shaky: 'passed' })];
      });
      const verdicts = async () =>
        Object.fromEntries(
          (await knex('series_tests')).map(row => [
            row.name,
            [row.verdict, JSON.parse(row.body).verdict.flips],
          ]),
        );
      await take(scene, ...history);
      const expected = await verdicts();
      expect(expected).toMatchObject({
        shaky: ['flaky', 3],
        steady: ['healthy', 0],
      });
      const shaky = await knex('series_tests').where({ name: 'shaky' }).first();
      expect(JSON.parse(shaky.body).costMinutes).toBeCloseTo(6);

      // The same, of which the older half becomes known last.
      await knex('series_tests').delete();
      await knex('test_cases').delete();
      await knex('runs').delete();
      await take(scene, ...history.slice(30));
      await take(scene, ...history.slice(0, 30));
      await scene.do('tests.judge', {
        ...{ projectId: scene.project.id, pipelineId: 'CI' },
      });
      expect(await verdicts()).toEqual(expected);
    });
  },
);
