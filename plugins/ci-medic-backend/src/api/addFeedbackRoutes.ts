import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { SUB_CATEGORIES } from '@ci-medic/diagnosis';
import {
  ciMedicFeedbackPermission,
  IncidentFeedback,
} from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

/** Where feedback comes from that is given here. */
const PORTAL = 'portal';

/**
 * Routes of what people say of diagnoses. Owners say it, with the permission for it, and any owner may take it back.
 */
export function addFeedbackRoutes(router: Router, context: ApiContext): void {
  const { access, feedback, feedbackRequests } = context;
  const { httpAuth, incidents, ownership } = context;

  async function seen(credentials: BackstageCredentials, incidentId: string) {
    const incident = await incidents.get(incidentId);
    return access.readable(credentials, incident.entityRefs);
  }

  router.get('/incidents/:incidentId/feedback', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await ownership.person(request);
    const entityRefs = await seen(credentials, incidentId);
    const reason = await ownership.refusal(
      credentials,
      entityRefs,
      ciMedicFeedbackPermission,
    );
    const body: IncidentFeedback = {
      items: await feedback.list(incidentId),
      allowed: !reason,
      reason,
      kinds: SUB_CATEGORIES.map(({ key, category, title }) => ({
        ...{ key, category, title },
      })),
    };
    response.json(body);
  });

  router.post('/incidents/:incidentId/feedback', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await ownership.person(request);
    await ownership.require(
      credentials,
      await seen(credentials, incidentId),
      ciMedicFeedbackPermission,
    );
    const given = await feedbackRequests.give({
      ...{ incidentId, input: request.body, via: PORTAL },
      actor: credentials.principal.userEntityRef,
    });
    response.status(201).json(given);
  });

  router.post('/feedback/:feedbackId/undo', async (request, response) => {
    const { feedbackId } = request.params;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const found = await feedback.find(feedbackId);
    if (!found) {
      throw new NotFoundError(`There is no feedback ${feedbackId}`);
    }
    await ownership.require(
      credentials,
      await seen(credentials, found.incidentId),
      ciMedicFeedbackPermission,
    );
    const { userEntityRef } = credentials.principal;
    response.json(await feedbackRequests.undo(feedbackId, userEntityRef));
  });
}
