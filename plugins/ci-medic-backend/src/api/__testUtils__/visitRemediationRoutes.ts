import {
  offeredPlanSchema,
  remediationDecisionsSchema,
  remediationOverviewSchema,
  remediationPlanSchema,
  remediationStopSchema,
  remediationStopsSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { Response } from 'supertest';
import { z } from 'zod';

type Method = 'get' | 'post' | 'put' | 'delete';

/**
 * Visits the routes of plans, the kill switch, modes and decisions, and expects of each what its schema promises.
 */
export async function visitRemediationRoutes(options: {
  incidentId: string;
  /** The run and the attempt that failed. */
  rerun: { action: string; runId: string; attempt: number };
  remediationId: string;
  visited: Set<string>;
  call(path: string, method?: Method, body?: object): PromiseLike<Response>;
  answer<T>(
    operation: string,
    schema: z.ZodType<T>,
    path: string,
    method?: 'get' | 'post' | 'delete',
    body?: object,
  ): Promise<T>;
}): Promise<void> {
  const { incidentId, rerun, remediationId, visited, call, answer } = options;
  const plansOf = `incidents/${incidentId}/plans`;
  visited.add('requestPlan');
  const requested = await call(plansOf, 'post', rerun);
  expect([requested.status, requested.body.error]).toEqual([202, undefined]);
  const plan = remediationPlanSchema.parse(requested.body);
  expect(plan).toMatchObject({
    ...{ state: 'approved', author: 'user:default/mock', approvalsNeeded: 1 },
    approvals: [{ approver: 'user:default/mock', verdict: 'approved' }],
  });
  const { items } = await answer(
    'listPlans',
    z.object({ items: z.array(offeredPlanSchema) }),
    plansOf,
  );
  expect(items.map(({ id }) => id)).toContain(plan.id);
  await answer('getPlan', offeredPlanSchema, `plans/${plan.id}`);
  const said = { hash: plan.hash };
  await answer(
    'approvePlan',
    remediationPlanSchema,
    `plans/${plan.id}/approve`,
    'post',
    said,
  );
  visited.add('rejectPlan');
  const rejected = await call(`plans/${plan.id}/reject`, 'post', said);
  expect(rejected.status).toBe(409);
  expect((await call('plans/none')).status).toBe(404);
  visited.add('undoRemediation');
  const undone = await call(`remediations/${remediationId}/undo`, 'post');
  expect(undone.body.error.message).toBe('There is nothing to take back');
  await call(`remediations/${remediationId}/cancel`, 'post');

  const stop = await answer(
    'stopRemediations',
    remediationStopSchema,
    'remediation/stops',
    'post',
    { scope: 'all', reason: 'We look into it' },
  );
  expect(
    await answer('listStops', remediationStopsSchema, 'remediation/stops'),
  ).toEqual({ items: [stop], mayControl: true });
  const stopped = await call(plansOf, 'post', rerun);
  expect([stopped.status, stopped.body.error.message]).toEqual([
    409,
    'The kill switch stops everything: We look into it (user:default/mock)',
  ]);
  visited.add('liftStop');
  const lifted = await call(`remediation/stops/${stop.id}`, 'delete');
  expect(lifted.status).toBe(204);
  visited.add('setRemediationMode');
  const rule = { action: 'rerun', mode: 'shadow' };
  expect((await call('remediation/modes', 'put', rule)).status).toBe(204);
  const overview = await answer(
    'getRemediationOverview',
    remediationOverviewSchema,
    'remediation/overview',
  );
  expect(overview).toMatchObject({
    modes: [{ ...rule, source: 'operator', setBy: 'user:default/mock' }],
    budgets: expect.arrayContaining([
      expect.objectContaining({ scope: 'all', limit: 60 }),
    ]),
    policy: { revision: expect.any(String) },
  });
  await call('remediation/modes', 'put', { action: 'rerun' });
  const decisions = await answer(
    'listDecisions',
    remediationDecisionsSchema,
    'remediation/decisions?result=changed&limit=2',
  );
  expect(decisions.items.map(({ reasons }) => reasons[0])).toEqual([
    'The mode of any category, rerun, any tier is as configured',
    'The mode of any category, rerun, any tier is shadow',
  ]);
  expect(decisions.nextCursor).toBeDefined();
}
