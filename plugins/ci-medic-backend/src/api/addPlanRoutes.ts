import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ciMedicApprovePermission,
  ciMedicRemediatePermission,
  OfferedPlan,
  RemediationPlan,
} from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

/**
 * Routes of what could be done about incidents, and of agreeing to it.
 */
export function addPlanRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, ownership, remediationAccess } = context;
  const { plans, approvals, remediationRequests } = context;

  /** A plan with what the caller may do about it. */
  async function offer(
    credentials: BackstageCredentials,
    plan: RemediationPlan,
    entityRefs: string[],
  ): Promise<OfferedPlan> {
    const refusal =
      plan.state === 'proposed'
        ? await remediationAccess.refusal(
            credentials,
            plan.runId,
            entityRefs,
            ciMedicApprovePermission,
          )
        : undefined;
    return { ...plan, refusal };
  }

  router.get('/incidents/:incidentId/plans', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await ownership.person(request);
    const { entityRefs, occurrences } = await remediationAccess.seen(
      credentials,
      incidentId,
    );
    const found = await plans.list(
      incidentId,
      occurrences.map(({ runId }) => runId),
    );
    const items = await Promise.all(
      found.map(plan => offer(credentials, plan, entityRefs)),
    );
    response.json({ items });
  });

  router.post('/incidents/:incidentId/plans', async (request, response) => {
    const { incidentId } = request.params;
    const { action, runId, attempt } = request.body;
    const credentials = await ownership.person(request);
    await remediationAccess.require(
      credentials,
      { incidentId, runId },
      ciMedicRemediatePermission,
    );
    const { userEntityRef: requestedBy } = credentials.principal;
    const { planId, isNew } = await remediationRequests.request({
      ...{ incidentId, action, runId, attempt, requestedBy },
    });
    response.status(isNew ? 202 : 200).json(await plans.get(planId ?? ''));
  });

  router.get('/plans/:planId', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const plan = await plans.get(request.params.planId);
    const entityRefs = await remediationAccess.requireSeen(credentials, plan);
    response.json(await offer(credentials, plan, entityRefs));
  });

  for (const [verb, hear] of [
    ['approve', approvals.approve.bind(approvals)],
    ['reject', approvals.reject.bind(approvals)],
  ] as const) {
    router.post(`/plans/:planId/${verb}`, async (request, response) => {
      const { planId } = request.params;
      const credentials = await ownership.person(request);
      const plan = await plans.get(planId);
      await remediationAccess.require(
        credentials,
        plan,
        ciMedicApprovePermission,
      );
      const { userEntityRef: person } = credentials.principal;
      await hear({ planId, hash: request.body.hash, person });
      response.json(await plans.get(planId));
    });
  }
}
