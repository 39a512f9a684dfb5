import { TestDatabases } from '@backstage/backend-test-utils';
import { CiMedicDatabase, runIdOf } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';

jest.setTimeout(60_000);

describe.each(TestDatabases.create().eachSupportedId())(
  'planning on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });

    it('waits for the other jobs of the run, and not for ever', async () => {
      const knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const shop = MemoryIntake.create({ knex });
      await shop.start();
      const { project } = MemoryIntake;
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
  },
);
