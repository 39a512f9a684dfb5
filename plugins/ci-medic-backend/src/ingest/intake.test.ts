import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PATHS,
  ANNOTATION_WORKFLOWS,
} from '@ci-medic/plugin-ci-medic-common';
import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, jobIdOf, runIdOf } from '../database';
import { MemoryCi } from './__testUtils__/MemoryCi';
import { memoryAttempt, MemoryIntake } from './__testUtils__/MemoryIntake';
import { zipOf } from './__testUtils__/zipOf';

jest.setTimeout(120_000);

const MINUTE_MS = 60_000;
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

const failingLog = [
  'Preparing',
  `Using the token ${TOKEN}`,
  'Compiling 12 files',
  "src/cart.ts(14,7): error TS2322: Type 'string' is not assignable to type 'number'.",
  '##[error]Process completed with exit code 2.',
  '',
].join('\n');
const passingLog = 'Preparing\nCompiling 12 files\nDone\n';

const junit = `<?xml version="1.0"?>
<testsuites><testsuite name="cart">
  <testcase classname="Cart" name="adds" time="0.5"/>
  <testcase classname="Cart" name="removes" time="0.1"><failure message="2 is not 3">at Cart</failure></testcase>
  <testcase classname="Cart" name="sorts"><skipped/></testcase>
</testsuite></testsuites>`;

describe.each(TestDatabases.create().eachSupportedId())(
  'the intake on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const started: MemoryIntake[] = [];

    afterEach(async () => {
      for (const { intake } of started.splice(0)) {
        await intake.runner.stop({ graceMs: 0 });
      }
    });

    async function setUp(options?: {
      entities?: Entity[];
      config?: object;
      ci?: MemoryCi;
    }) {
      const knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const shop = MemoryIntake.create({ knex, ...options });
      started.push(shop);
      await shop.start();
      return { knex, shop, ci: shop.ci };
    }

    const runId = (external: string) => runIdOf(MemoryIntake.project, external);
    const jobId = (external: string) => jobIdOf(MemoryIntake.project, external);

    it('carries a delivery to jobs, tests, log, explanation and incident', async () => {
      const { shop, ci } = await setUp();
      const { api } = shop.intake;
      const failure = memoryAttempt({
        id: '1',
        jobs: { build: 'failure', lint: 'success', deploy: 'skipped' },
        artifacts: { 'test-results': await zipOf({ 'junit.xml': junit }) },
      });
      ci.attempts.push(failure);
      ci.logs.set('1.1.build', failingLog);
      ci.logs.set('1.1.lint', passingLog);
      await shop.deliverRun(failure);

      const { run } = await api.runs.get(runId('1'));
      expect(run).toMatchObject({
        attempt: 1,
        status: 'completed',
        conclusion: 'failure',
        durationMs: 5 * MINUTE_MS,
        queueMs: MINUTE_MS,
      });
      const jobs = await api.runs.jobs(runId('1'), 1);
      expect(
        jobs.map(({ name, conclusion, log }) => [name, conclusion, log.state]),
      ).toEqual(
        expect.arrayContaining([
          ['build', 'failure', 'stored'],
          ['lint', 'success', 'stored'],
          ['deploy', 'skipped', 'pending'],
        ]),
      );
      const { items: cases } = await api.testCases.list({
        runId: runId('1'),
        attempt: 1,
      });
      expect(cases.map(({ name, outcome }) => [name, outcome])).toEqual([
        ['removes', 'failed'],
        ['adds', 'passed'],
        ['sorts', 'skipped'],
      ]);
      const log = await api.logs.page({ jobId: jobId('1.1.build') });
      expect(log.totalLines).toBe(5);
      const text = log.lines.map(line => line.text).join('\n');
      expect(text).toContain('error TS2322');
      expect(text).not.toContain(TOKEN);
      const build = jobs.find(({ name }) => name === 'build')!;
      const secrets = Object.values(build.log.redactions ?? {});
      expect(secrets.reduce((sum, count) => sum + count, 0)).toBe(1);

      const explanation = await api.explanations.read(jobId('1.1.build'));
      const explained = explanation.ranges.flatMap(({ lines }) =>
        lines.map(line => line.text),
      );
      expect(explained.join('\n')).toContain('error TS2322');
      const [incident, ...others] = await shop.incidents();
      expect(others).toEqual([]);
      expect(incident).toMatchObject({
        state: 'open',
        occurrences: 1,
        jobs: ['build'],
        branches: ['main'],
        entityRefs: ['component:default/shop'],
        fingerprint: explanation.fingerprint,
      });
      expect(build.incidentId).toBe(incident.id);

      const healed = memoryAttempt({ id: '2', minutesAgo: 30 });
      ci.attempts.push(healed);
      ci.logs.set('2.1.build', passingLog);
      await shop.deliverRun(healed);
      expect(await shop.incidents()).toMatchObject([
        { id: incident.id, state: 'resolved', occurrences: 1 },
      ]);
      expect(await shop.intake.api.deadLetters.list({})).toMatchObject({
        items: [],
      });
    });

    it('moves a run only forward, whatever order its deliveries come in', async () => {
      const { shop, ci } = await setUp();
      const done = memoryAttempt({ id: '1' });
      ci.attempts.push(done);
      ci.logs.set('1.1.build', passingLog);
      await shop.deliverRun(done);
      const [before] = await shop.runs();
      await shop.deliverRun(done, {
        status: 'in_progress',
        conclusion: undefined,
      });
      await shop.deliverRun(done, { status: 'queued', conclusion: undefined });
      const { project } = MemoryIntake;
      const [job] = done.jobs;
      await shop.deliver({
        ...{ kind: 'job', project, runId: '1', attempt: 1 },
        job: {
          ...job,
          status: 'in_progress',
          conclusion: undefined,
          steps: [{ number: 1, name: 'Run tests', status: 'queued' }],
        },
      });
      expect(await shop.runs()).toEqual([before]);
      const { api } = shop.intake;
      expect(await api.runs.jobs(runId('1'), 1)).toMatchObject([
        {
          status: 'completed',
          conclusion: 'success',
          steps: [{ conclusion: 'success' }],
        },
      ]);
    });

    it('learns of a run and of its earlier attempts from one job', async () => {
      const { shop, ci } = await setUp();
      ci.attempts.push(
        memoryAttempt({ id: '1', jobs: { build: 'failure' } }),
        memoryAttempt({ id: '1', attempt: 2, minutesAgo: 20 }),
      );
      ci.logs.set('1.1.build', failingLog);
      ci.logs.set('1.2.build', passingLog);
      const [, second] = ci.attempts;
      await shop.deliver({
        kind: 'job',
        project: MemoryIntake.project,
        runId: '1',
        attempt: 2,
        job: second.jobs[0],
      });
      expect(await shop.runs()).toMatchObject([
        {
          attempt: 2,
          conclusion: 'success',
          attempts: [{ conclusion: 'failure' }, { conclusion: 'success' }],
        },
      ]);
      expect(await shop.incidents()).toMatchObject([{ state: 'resolved' }]);
    });

    it('says of a log that is gone, and of a run that never began, why there is nothing', async () => {
      const { shop, ci } = await setUp();
      const { api } = shop.intake;
      ci.attempts.push(
        memoryAttempt({ id: '1', jobs: { build: 'failure', lint: 'failure' } }),
        memoryAttempt({
          id: '2',
          jobs: {},
          run: { conclusion: 'startup_failure' },
        }),
      );
      ci.logs.set('1.1.build', 'expired');
      await shop.deliverRun(ci.attempts[0]);
      await shop.deliverRun(ci.attempts[1]);
      const jobs = await api.runs.jobs(runId('1'), 1);
      expect(jobs.map(({ log }) => log)).toMatchObject([
        { state: 'expired', reason: 'It was dropped after 90 days' },
        { state: 'expired', reason: 'The CI system has no log of this job' },
      ]);
      await expect(
        api.logs.page({ jobId: jobId('1.1.build') }),
      ).rejects.toThrow('It was dropped after 90 days');
      const incidents = await shop.incidents();
      expect(incidents.map(({ title }) => title).sort()).toEqual([
        'Job "build" failed in step "Run tests"',
        'Job "lint" failed in step "Run tests"',
      ]);
      expect(await api.runs.problems(runId('2'), 1)).toMatchObject([
        { reason: expect.stringContaining('ended before any job was made') },
      ]);
    });

    it('finds by asking what no webhook told, at the cost of one call when nothing changed', async () => {
      const { shop, ci } = await setUp();
      ci.pageSize = 2;
      for (const number of [1, 2, 3, 4, 5]) {
        const external = String(number);
        ci.attempts.push(
          memoryAttempt({ id: external, minutesAgo: 60 - number }),
        );
        ci.logs.set(`${external}.1.build`, passingLog);
      }
      const poll = async () => {
        shop.clock.time += 10 * MINUTE_MS;
        ci.calls.splice(0);
        await shop.chore('poll');
        await shop.intake.runner.idle();
        return ci.calls.filter(call => call === 'listRuns').length;
      };
      expect(await poll()).toBe(3);
      expect((await shop.runs()).map(({ externalId }) => externalId)).toEqual([
        '5',
        '4',
        '3',
        '2',
        '1',
      ]);
      expect(await poll()).toBe(1);
      expect(ci.calls).toEqual(['listRuns']);

      const running = memoryAttempt({ id: '6', minutesAgo: 1 });
      const { run } = running;
      ci.attempts.push({
        ...running,
        run: { ...run, status: 'in_progress', conclusion: undefined },
        jobs: [],
      });
      await poll();
      expect((await shop.runs())[0].status).toBe('in_progress');
      ci.attempts[5] = running;
      ci.logs.set('6.1.build', passingLog);
      await poll();
      expect((await shop.runs())[0]).toMatchObject({
        status: 'completed',
        conclusion: 'success',
      });
    });

    it('asks again later after a poll failed, and says what was wrong', async () => {
      const { shop, ci, knex } = await setUp();
      ci.before = () => {
        throw new Error('no route to host');
      };
      await shop.chore('poll');
      await shop.intake.runner.idle();
      expect(await knex('projects')).toMatchObject([
        { poll_problem: 'no route to host' },
      ]);
      ci.before = () => {};
      ci.attempts.push(memoryAttempt({ id: '1' }));
      ci.logs.set('1.1.build', passingLog);
      shop.clock.time += 60 * MINUTE_MS;
      await shop.chore('poll');
      await shop.intake.runner.idle();
      expect(await knex('projects')).toMatchObject([{ poll_problem: null }]);
      expect(await shop.runs()).toHaveLength(1);
    });

    function fillHistory(ci: MemoryCi, count: number) {
      ci.pageSize = 4;
      ci.longestList = 10;
      for (let number = 1; number <= count; number++) {
        const minutesAgo = 24 * 60 - number;
        ci.attempts.push(memoryAttempt({ id: String(number), minutesAgo }));
        ci.logs.set(`${number}.1.build`, passingLog);
      }
    }

    it('reads history past the end of a list, goes on where it was interrupted, and pauses when told to', async () => {
      const { shop, ci, knex } = await setUp();
      fillHistory(ci, 25);
      const { backfills } = shop.intake.api;
      const [{ id: projectId }] = await knex('projects');
      const pages: string[] = [];
      let lists = 0;
      ci.before = (call, request) => {
        if (call !== 'listRuns') {
          return;
        }
        lists++;
        if (lists === 2) {
          throw new Error('the connection was reset');
        }
        if (lists === 4) {
          throw new RateLimitedError(
            'slow down',
            new Date(Date.now() + 60 * MINUTE_MS),
          );
        }
        const { createdBefore, cursor } = request;
        pages.push(`${createdBefore.getTime()} ${cursor}`);
      };
      await backfills.start({ projectId, days: 2, requestedBy: 'user:x/y' });
      await shop.intake.runner.idle();
      expect(await backfills.latest(projectId)).toMatchObject({
        state: 'waiting',
        reason: 'the connection was reset',
        runsFound: 4,
        runsStored: 4,
      });
      shop.clock.time += 5 * MINUTE_MS;
      await shop.intake.runner.idle();
      expect(await backfills.latest(projectId)).toMatchObject({
        state: 'waiting',
        reason: 'slow down',
        continuesAt: expect.any(String),
      });
      // Another process goes on.
      await shop.intake.runner.stop();
      const { clock } = shop;
      clock.time += 61 * MINUTE_MS;
      const other = MemoryIntake.create({ knex, ci, clock });
      started.push(other);
      await other.start();
      await other.intake.runner.idle();
      expect(await other.intake.api.backfills.latest(projectId)).toMatchObject({
        state: 'done',
        requestedBy: 'user:x/y',
        runsFound: 25,
        runsStored: 25,
        reason: undefined,
      });
      expect(new Set(pages).size).toBe(pages.length);
      expect(await other.runs()).toHaveLength(25);
      expect(ci.calls.filter(call => call === 'openLog')).toHaveLength(25);
    });

    it('stops reading history when it is cancelled, and goes further back when asked for more', async () => {
      const { shop, ci, knex } = await setUp();
      fillHistory(ci, 12);
      const { backfills } = shop.intake.api;
      const [{ id: projectId }] = await knex('projects');
      let cancelled = false;
      ci.before = async call => {
        if (call === 'listRuns' && !cancelled) {
          cancelled = true;
          await backfills.cancel(projectId);
        }
      };
      await backfills.start({ projectId, days: 2 });
      await shop.intake.runner.idle();
      expect(await backfills.latest(projectId)).toMatchObject({
        state: 'cancelled',
        runsFound: 0,
      });
      const lists = () => ci.calls.filter(call => call === 'listRuns').length;
      expect(lists()).toBe(1);
      await expect(backfills.cancel(projectId)).rejects.toThrow(
        'No history is being read',
      );
      shop.clock.time += 1;
      await backfills.start({ projectId, days: 1 });
      expect(await backfills.start({ projectId, days: 3 })).toMatchObject({
        days: 3,
      });
      await shop.intake.runner.idle();
      expect(await backfills.latest(projectId)).toMatchObject({
        state: 'done',
        days: 3,
      });
      expect(await shop.runs()).toHaveLength(12);
    });

    it('gives each entity of a monorepo its own runs, also after its annotations changed', async () => {
      const entities = [
        MemoryIntake.entity('shop'),
        MemoryIntake.entity('web', { [ANNOTATION_WORKFLOWS]: 'web*.yml' }),
        MemoryIntake.entity('api', { [ANNOTATION_PATHS]: 'services/api/**' }),
      ];
      const { shop, ci } = await setUp({ entities });
      const web = {
        id: '8',
        name: 'Web',
        path: '.github/workflows/web-ci.yml',
      };
      ci.attempts.push(
        memoryAttempt({ id: '1', paths: ['services/api/deep/main.go'] }),
        memoryAttempt({ id: '2', paths: ['README.md', 'services/apis/x'] }),
        memoryAttempt({ id: '3', paths: ['web/x.ts'], run: { pipeline: web } }),
        memoryAttempt({ id: '4', paths: undefined }),
      );
      for (const attempt of ci.attempts) {
        ci.logs.set(`${attempt.run.runId}.1.build`, passingLog);
        await shop.deliverRun(attempt);
      }
      const of = async (name: string) =>
        (await shop.runs(name)).map(({ externalId }) => externalId).sort();
      expect(await of('shop')).toEqual(['1', '2', '3', '4']);
      expect(await of('web')).toEqual(['3']);
      expect(await of('api')).toEqual(['1', '4']);

      entities[1] = MemoryIntake.entity('web', {
        [ANNOTATION_WORKFLOWS]: 'CI',
      });
      entities.splice(0, 1);
      shop.clock.time += 1;
      await shop.chore('catalog');
      expect(await of('web')).toEqual(['1', '2', '4']);
    });

    it('forgets an entity that left the catalog, and keeps one whose annotation is malformed out', async () => {
      const entities = [
        MemoryIntake.entity('shop'),
        MemoryIntake.entity('broken', { 'memory.example/project': 'nothing' }),
      ];
      const { shop, ci, knex } = await setUp({ entities });
      ci.attempts.push(memoryAttempt({ id: '1' }));
      ci.logs.set('1.1.build', passingLog);
      await shop.deliverRun(ci.attempts[0]);
      expect(await knex('entity_projects').orderBy('entity_ref')).toMatchObject(
        [
          {
            entity_ref: 'component:default/broken',
            project_id: null,
            problem: 'memory.example/project must be owner/name',
          },
          { entity_ref: 'component:default/shop', problem: null },
        ],
      );
      entities.splice(0);
      shop.clock.time += 1;
      await shop.chore('catalog');
      expect(await shop.runs()).toEqual([]);
      expect(await knex('entity_projects')).toEqual([]);
    });

    it('refuses hostile archives with a reason and reads the rest', async () => {
      const { shop, ci } = await setUp();
      const { api } = shop.intake;
      const trick = await zipOf({ 'aa/evil.xml': junit });
      const lie = await zipOf({ 'lie.xml': junit.repeat(100) });
      // The directory at the end says that it expands to a few bytes.
      lie.writeUInt32LE(16, lie.lastIndexOf('PK\u0001\u0002') + 24);
      const replaceAll = (buffer: Buffer, from: string, to: string) =>
        Buffer.from(buffer.toString('latin1').replaceAll(from, to), 'latin1');
      const attempt = memoryAttempt({
        id: '1',
        jobs: { build: 'failure' },
        artifacts: {
          'bomb-report': await zipOf({
            'bomb.xml': Buffer.alloc(64 * 1024 ** 2 + 1),
            'good.xml': junit,
          }),
          'corrupt-report': Buffer.from('PK, but not a zip file'),
          'lying-report': lie,
          'path-report': replaceAll(trick, 'aa/evil.xml', '../evil.xml'),
          'absolute-report': replaceAll(trick, 'aa/evil.xml', '/tmp/ev.xml'),
          'xml-report': await zipOf({
            'x.xml': '<testsuites><testsuite><testcase name="a">',
          }),
          'coverage.bin': Buffer.from('not asked for'),
        },
      });
      ci.attempts.push(attempt);
      ci.logs.set('1.1.build', failingLog);
      await shop.deliverRun(attempt);
      const problems = await api.runs.problems(runId('1'), 1);
      const told = Object.fromEntries(
        problems.map(({ subject, reason }) => [subject, reason]),
      );
      expect(told).toEqual({
        'bomb-report: bomb.xml': expect.stringContaining('expands to more'),
        'corrupt-report': expect.stringContaining('cannot be read'),
        'lying-report: lie.xml': expect.any(String),
        'path-report': expect.stringContaining('cannot be read'),
        'absolute-report': expect.stringContaining('cannot be read'),
        'xml-report: x.xml': expect.any(String),
      });
      const counts = await api.runs.testCounts(runId('1'), 1);
      expect(counts.get(jobId('1.1.build'))).toMatchObject({ failed: 1 });
      expect((await api.deadLetters.list({})).items).toEqual([]);
    });

    it('keeps what a run was and forgets the old', async () => {
      const { shop, ci, knex } = await setUp({
        config: { retention: { runs: { days: 10 } } },
      });
      ci.attempts.push(
        memoryAttempt({ id: '1', jobs: { build: 'failure' } }),
        memoryAttempt({ id: '2', minutesAgo: 11 * 24 * 60 }),
      );
      ci.logs.set('1.1.build', failingLog);
      ci.logs.set('2.1.build', passingLog);
      await shop.deliverRun(ci.attempts[0]);
      await shop.deliverRun(ci.attempts[1]);
      expect(await shop.runs()).toHaveLength(2);
      await shop.chore('retention');
      await shop.chore('log-retention');
      expect(await shop.runs()).toMatchObject([{ externalId: '1' }]);
      expect(await knex('jobs')).toHaveLength(1);
      expect(await knex('job_logs')).toHaveLength(1);
      expect(await knex('log_sketches')).toEqual([]);
      shop.clock.time += 31 * 24 * 60 * MINUTE_MS;
      await shop.chore('log-retention');
      expect(await knex('log_chunks')).toEqual([]);
      const { explanations } = shop.intake.api;
      const explanation = await explanations.read(jobId('1.1.build'));
      expect(explanation.headline).toContain('TS2322');
      expect(explanation.ranges).toEqual([]);
      for (let hour = 0; hour < 2; hour++) {
        await shop.chore('retention');
        await shop.chore('stale-incidents');
      }
      expect(await knex('incidents')).toEqual([]);
      expect(await knex('inbox')).toEqual([]);
    });
  },
);
