import { ciMedicControlPermission } from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';
import { pagingOf } from './readQuery';

/**
 * Routes of the decisions on remediations, for operators.
 */
export function addDecisionRoutes(router: Router, context: ApiContext): void {
  const { access, httpAuth, decisions } = context;

  router.get('/remediation/decisions', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    await access.require(credentials, ciMedicControlPermission);
    const { result, action, incidentId, actor } = request.query as Record<
      string,
      string | undefined
    >;
    response.json(
      await decisions.list({
        ...{ result, action, incidentId, actor },
        ...pagingOf(request),
      }),
    );
  });
}
