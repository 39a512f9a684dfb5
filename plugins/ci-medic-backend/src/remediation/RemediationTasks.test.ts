import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { RemediationScene } from './__testUtils__/RemediationScene';
import { RemediationTasks } from './RemediationTasks';

jest.setTimeout(120_000);

describe.each(TestDatabases.create().eachSupportedId())(
  'tasks of the scaffolder on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });

    async function setUp() {
      const scene = await RemediationScene.create(
        await databases.init(id as any),
      );
      const { ask } = await scene.world();
      const remediationId = await ask();
      const scaffold = jest.fn(async () => ({ taskId: 'task-1' }));
      const logger = mockServices.logger.mock();
      const tasks = () =>
        new RemediationTasks({
          ...{ logger, database: scene.database, scaffolder: { scaffold } },
          auth: mockServices.auth(),
        });
      return {
        knex: scene.database.knex,
        logger,
        remediationId,
        scaffold,
        tasks,
      };
    }

    it('shows what is done automatically once, whatever the number of replicas', async () => {
      const { knex, remediationId, scaffold, tasks } = await setUp();
      await tasks().run();
      // A person who asks for something has a page already.
      expect(scaffold).not.toHaveBeenCalled();

      await knex('remediations').update({ requested_by: 'ci-medic' });
      await Promise.all([tasks().run(), tasks().run()]);
      await tasks().run();
      expect(scaffold).toHaveBeenCalledTimes(1);
      expect(scaffold).toHaveBeenCalledWith(
        {
          templateRef: 'template:default/ci-medic-follow',
          values: expect.objectContaining({ remediationId, action: 'rerun' }),
        },
        expect.anything(),
      );
      expect(await knex('remediation_tasks')).toMatchObject([
        { remediation_id: remediationId, task_id: 'task-1', problem: null },
      ]);
    });

    it('says once what is missing, and treats all the same', async () => {
      const { knex, logger, remediationId, scaffold, tasks } = await setUp();
      await knex('remediations').update({ requested_by: 'ci-medic' });
      scaffold.mockRejectedValue(new Error('Template not found'));
      const one = tasks();
      await one.run();
      await one.run();
      expect(scaffold).toHaveBeenCalledTimes(1);
      expect(logger.info).toHaveBeenCalledTimes(1);
      expect(logger.info.mock.calls[0][0]).toContain('Template not found');
      expect(await knex('remediation_tasks')).toMatchObject([
        { remediation_id: remediationId, problem: 'Template not found' },
      ]);
    });
  },
);
