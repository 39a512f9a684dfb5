import { TestDatabases } from '@backstage/backend-test-utils';
import { CiMedicDatabase, runIdOf } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { MemoryEffects } from './__testUtils__/MemoryEffects';

jest.setTimeout(60_000);

const unreachable =
  'npm ERR! network request to https://registry.example.com/left-pad failed, reason: connect ETIMEDOUT 10.0.0.1:443\n';

describe.each(TestDatabases.create().eachSupportedId())(
  'planning on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const { project } = MemoryIntake;

    async function setUp() {
      const knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const shop = MemoryIntake.create({ knex });
      await shop.start();
      const { ci, clock } = shop;
      const effects = new MemoryEffects({ ci, clock, callMs: 10_000 });
      return { shop, effects };
    }

    it('waits for the other jobs of the run, and not for ever', async () => {
      const { shop } = await setUp();
      const attempt = memoryAttempt({
        ...{ id: '1', jobs: { build: 'failure', lint: 'success' } },
        run: { status: 'in_progress', conclusion: undefined },
      });
      shop.ci.attempts.push(attempt);
      shop.ci.logs.set('1.1.build', 'error: no space left on device\n');
      shop.ci.logs.set('1.1.lint', 'Done\n');
      await shop.deliver({
        ...{ kind: 'job', project, runId: '1', attempt: 1 },
        job: attempt.jobs[0],
      });
      const [incident] = await shop.incidents();
      expect(incident).toMatchObject({ state: 'open' });
      const plans = () =>
        shop.intake.api.plans.list(incident.id, [runIdOf(project, '1')]);
      expect(await plans()).toEqual([]);

      attempt.run.status = 'completed';
      attempt.run.conclusion = 'failure';
      await shop.deliverRun(attempt);
      expect(await plans()).toMatchObject([{ attempt: 1 }]);
      await shop.intake.runner.stop({ graceMs: 0 });
    });

    it('waits until an outage is over before it runs anything again', async () => {
      const { shop, effects } = await setUp();
      const { ci, clock } = shop;
      ci.effects = effects;
      const fail = async (number: string) => {
        const attempt = memoryAttempt({
          ...{ id: number, jobs: { build: 'failure' } },
          // It has just ended.
          ...{ minutesAgo: 5, now: clock.time },
        });
        ci.attempts.push(attempt);
        effects.branchHead = attempt.run.commit.sha;
        ci.logs.set(`${number}.1.build`, unreachable);
        await shop.deliverRun(attempt);
      };
      await fail('1');
      const [incident] = await shop.incidents();
      const actions = async (number: string) =>
        (
          await shop.intake.api.plans.list(incident.id, [
            runIdOf(project, number),
          ])
        )
          .filter(({ state }) => ['proposed', 'advised'].includes(state))
          .map(({ action }) => action);
      const pass = async (minutes: number) => {
        shop.clock.time += minutes * 60_000;
        await shop.intake.runner.idle();
      };
      expect(await actions('1')).toEqual(['advise']);
      const [advice] = await shop.intake.api.plans.list(incident.id, [
        runIdOf(project, '1'),
      ]);
      expect(advice.words.why).toContain(
        'Once its cause has not struck for a while: What passes by itself is tried again.',
      );
      await pass(29);
      expect(await actions('1')).toEqual(['advise']);
      // It strikes again: two runs, so twice the time from now on.
      await fail('2');
      await pass(59);
      expect(await actions('2')).toEqual(['advise']);
      await pass(2);
      expect(await actions('2')).toContain('rerun');
      await shop.intake.runner.stop({ graceMs: 0 });
    });

    it('does not run again what stays red for another reason', async () => {
      const { shop, effects } = await setUp();
      const { ci, clock } = shop;
      ci.effects = effects;
      const planned = async (number: string, build?: string) => {
        const attempt = memoryAttempt({
          ...{ id: number, minutesAgo: 5, now: clock.time },
          jobs: { test: 'failure', build: build ? 'failure' : 'success' },
        });
        ci.attempts.push(attempt);
        effects.branchHead = attempt.run.commit.sha;
        ci.logs.set(`${number}.1.test`, unreachable);
        ci.logs.set(`${number}.1.build`, build ?? 'Done\n');
        await shop.deliverRun(attempt);
        clock.time += 61 * 60_000;
        await shop.intake.runner.idle();
        const incidents = await shop.incidents();
        const { id: incidentId } = incidents.find(({ jobs }) =>
          jobs.includes('test'),
        )!;
        const plans = await shop.intake.api.plans.list(incidentId, [
          runIdOf(project, number),
        ]);
        return plans.map(({ action }) => action);
      };
      const broken =
        "src/shop.ts(3,1): error TS2304: Cannot find name 'sho'.\n";
      expect(await planned('1', broken)).not.toContain('rerun');
      expect(await planned('2')).toContain('rerun');
      await shop.intake.runner.stop({ graceMs: 0 });
    });
  },
);
