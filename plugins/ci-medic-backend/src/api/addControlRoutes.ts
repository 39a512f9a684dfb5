import { InputError, NotAllowedError } from '@backstage/errors';
import {
  ciMedicApprovePermission,
  ciMedicControlPermission,
  ciMedicOperatePermission,
  RemediationOverview,
  RemediationStops,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { ApiContext } from './ApiContext';

/**
 * Routes of what operators see and change: the kill switch, the modes, and how things stand.
 */
export function addControlRoutes(router: Router, context: ApiContext): void {
  const { access, httpAuth, ownership, remediationAccess } = context;
  const { control, overviews } = context;

  /** An operator, or for a stop of an entity one of its owners. */
  async function mayStop(request: Request, subject?: string): Promise<string> {
    const credentials = await ownership.person(request);
    if (!(await remediationAccess.mayControl(credentials))) {
      const refusal = subject
        ? await ownership.refusal(
            credentials,
            [subject],
            ciMedicApprovePermission,
          )
        : `The permission ${ciMedicControlPermission.name} is needed`;
      if (refusal) {
        throw new NotAllowedError(refusal);
      }
    }
    return credentials.principal.userEntityRef;
  }

  router.get('/remediation/stops', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const mayControl = await remediationAccess.mayControl(credentials);
    const stops = await control.stops();
    const seen = await Promise.all(
      stops.map(async ({ scope, subject }) => {
        if (mayControl || scope !== 'entity') {
          return true;
        }
        return access.readable(credentials, [subject!]).then(
          () => true,
          () => false,
        );
      }),
    );
    const body: RemediationStops = {
      items: stops.filter((_, index) => seen[index]),
      mayControl,
    };
    response.json(body);
  });

  router.post('/remediation/stops', async (request, response) => {
    const { scope, subject, reason } = request.body;
    if (scope !== 'all' && !subject) {
      throw new InputError(`The ${scope} that is stopped is missing`);
    }
    const actor = await mayStop(
      request,
      scope === 'entity' ? subject : undefined,
    );
    response.json(await control.stop({ scope, subject, reason }, actor));
  });

  router.delete('/remediation/stops/:stopId', async (request, response) => {
    const { stopId } = request.params;
    const stop = (await control.stops()).find(({ id }) => id === stopId);
    const actor = await mayStop(
      request,
      stop?.scope === 'entity' ? stop.subject : undefined,
    );
    await control.lift(stopId, actor);
    response.status(204).end();
  });

  router.get('/remediation/overview', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const mayControl = await remediationAccess.mayControl(credentials);
    if (!mayControl) {
      await access.require(credentials, ciMedicOperatePermission);
    }
    const body: RemediationOverview = {
      ...(await overviews.read()),
      mayControl,
    };
    response.json(body);
  });

  router.put('/remediation/modes', async (request, response) => {
    const credentials = await ownership.person(request);
    await access.require(credentials, ciMedicControlPermission);
    const { category, action, tier, mode } = request.body;
    await control.setMode(
      { category, action, tier, mode },
      credentials.principal.userEntityRef,
    );
    response.status(204).end();
  });
}
