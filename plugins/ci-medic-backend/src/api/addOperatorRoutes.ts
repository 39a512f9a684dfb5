import {
  ciMedicOperatePermission,
  DeadLetter,
  Page,
  Status,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { ApiContext } from './ApiContext';
import { pagingOf } from './readQuery';

/**
 * Routes for operators: the state of the intake, and the work that was given up.
 */
export function addOperatorRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, database, deadLetters } = context;

  async function authorize(request: Request): Promise<void> {
    const credentials = await httpAuth.credentials(request);
    await access.require(credentials, ciMedicOperatePermission);
  }

  router.get('/status', async (request, response) => {
    await authorize(request);
    const projects: any[] = await database
      .knex('projects')
      .groupBy('provider')
      .select('provider')
      .count({ count: '*' });
    const body: Status = {
      durability: database.isVolatile ? 'none' : 'disk',
      database: database.knex.client.config.client,
      providers: context.providers.list().map(({ id, title, webhook }) => ({
        ...{ id, title },
        webhooks: webhook ? 'on' : 'off',
        projects: Number(
          projects.find(({ provider }) => provider === id)?.count ?? 0,
        ),
      })),
      deliveries: await context.inbox.count(),
      work: await deadLetters.count(),
      replicas: await context.replicas.list(),
    };
    response.json(body);
  });

  router.get('/dead-letters', async (request, response) => {
    await authorize(request);
    const body: Page<DeadLetter> = await deadLetters.list(pagingOf(request));
    response.json(body);
  });

  router.post('/dead-letters/:id/redrive', async (request, response) => {
    await authorize(request);
    await deadLetters.redrive(request.params.id);
    response.status(204).end();
  });
}
