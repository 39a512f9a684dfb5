import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  ciMedicRemediatePermission,
  Occurrence,
  RemediationOption,
  Remediations,
} from '@ci-medic/plugin-ci-medic-common';
import { Response, Router } from 'express';
import { ApiContext } from './ApiContext';

const MOST_OPTIONS = 10;

/**
 * Routes of what is done about incidents.
 */
export function addRemediationRoutes(
  router: Router,
  context: ApiContext,
): void {
  const { httpAuth, ownership, remediationAccess } = context;
  const { remediations, remediationRequests } = context;

  async function optionsOf(
    credentials: BackstageCredentials,
    incidentId: string,
    runs: Occurrence[],
    entityRefs: string[],
  ): Promise<RemediationOption[]> {
    return Promise.all(
      runs.slice(0, MOST_OPTIONS).map(async ({ runId, attempt }) => {
        const action = 'rerun';
        const reason =
          (await remediationRequests.refusal({
            ...{ incidentId, action, runId, attempt },
          })) ??
          (await remediationAccess.refusal(
            credentials,
            runId,
            entityRefs,
            ciMedicRemediatePermission,
          ));
        return { action, runId, attempt, allowed: !reason, reason };
      }),
    );
  }

  async function answer(
    response: Response,
    asked: { id: string; isNew: boolean; waits: boolean },
  ) {
    if (asked.waits) {
      throw new ConflictError('It is planned, and others have to agree first');
    }
    response
      .status(asked.isNew ? 202 : 200)
      .json(await remediations.get(asked.id));
  }

  router.get(
    '/incidents/:incidentId/remediations',
    async (request, response) => {
      const { incidentId } = request.params;
      const credentials = await ownership.person(request);
      const { entityRefs, occurrences } = await remediationAccess.seen(
        credentials,
        incidentId,
      );
      const runs = latestOf(occurrences);
      const body: Remediations = {
        items: await remediations.list(
          incidentId,
          occurrences.map(({ runId }) => runId),
        ),
        options: await optionsOf(credentials, incidentId, runs, entityRefs),
      };
      response.json(body);
    },
  );

  router.post(
    '/incidents/:incidentId/remediations',
    async (request, response) => {
      const { incidentId } = request.params;
      const { action, runId, attempt } = request.body;
      const credentials = await ownership.person(request);
      await remediationAccess.require(
        credentials,
        { incidentId, runId },
        ciMedicRemediatePermission,
      );
      const { userEntityRef: requestedBy } = credentials.principal;
      await answer(
        response,
        await remediationRequests.request({
          ...{ incidentId, action, runId, attempt, requestedBy },
        }),
      );
    },
  );

  router.get('/remediations/:remediationId', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const found = await remediations.get(request.params.remediationId);
    await remediationAccess.requireSeen(credentials, found);
    response.json(found);
  });

  router.post(
    '/remediations/:remediationId/cancel',
    async (request, response) => {
      const { remediationId } = request.params;
      const credentials = await ownership.person(request);
      const found = await remediations.get(remediationId);
      await remediationAccess.require(
        credentials,
        found,
        ciMedicRemediatePermission,
      );
      const { userEntityRef } = credentials.principal;
      await remediationRequests.cancel(remediationId, userEntityRef);
      response.json(await remediations.get(remediationId));
    },
  );

  router.post(
    '/remediations/:remediationId/undo',
    async (request, response) => {
      const { remediationId } = request.params;
      const credentials = await ownership.person(request);
      const found = await remediations.get(remediationId);
      await remediationAccess.require(
        credentials,
        found,
        ciMedicRemediatePermission,
      );
      const { userEntityRef: requestedBy } = credentials.principal;
      await answer(
        response,
        await remediationRequests.undo(remediationId, { requestedBy }),
      );
    },
  );
}

/** The newest occurrence of each run. */
function latestOf(occurrences: Occurrence[]): Occurrence[] {
  const latest = new Map<string, Occurrence>();
  for (const occurrence of occurrences) {
    const before = latest.get(occurrence.runId);
    if (!before || before.attempt < occurrence.attempt) {
      latest.set(occurrence.runId, occurrence);
    }
  }
  return [...latest.values()];
}
