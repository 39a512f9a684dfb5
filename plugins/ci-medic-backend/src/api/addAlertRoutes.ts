import { randomUUID } from 'crypto';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

/**
 * Routes of messages: who was told of an incident, and who would be.
 */
export function addAlertRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, incidents, alerts, alertPresses } = context;
  const { ownership } = context;

  router.get('/incidents/:incidentId/alerts', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await httpAuth.credentials(request);
    const incident = await incidents.get(incidentId);
    const entityRefs = await access.readable(credentials, incident.entityRefs);
    response.json({ items: await alerts.list(incidentId, entityRefs) });
  });

  router.get(
    '/entities/:kind/:namespace/:name/alert-routes',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const entity = await access.entity(credentials, request.params);
      response.json(await alerts.routes(entity));
    },
  );

  router.post('/alert-actions/:actionId', async (request, response) => {
    const credentials = await ownership.person(request);
    const result = await alertPresses.press({
      pressId: randomUUID(),
      actionId: request.params.actionId,
      via: 'backstage',
      person: credentials.principal.userEntityRef,
      credentials,
      input: request.body ?? {},
    });
    response.json(result);
  });
}
