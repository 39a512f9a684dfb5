import {
  modeRuleSchema,
  offeredPlanSchema,
  remediationDecisionsSchema,
  remediationOverviewSchema,
  remediationPlanSchema,
  remediationSchema,
  remediationsSchema,
  remediationStopSchema,
  remediationStopsSchema,
  stopInputSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { z } from 'zod';
import { jsonSchemaOf } from './jsonSchemaOf';
import {
  attempt,
  emptyBody,
  oneOf,
  operation,
  paging,
  path,
  query,
  text,
} from './operation';

const action = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' };
const wanted = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'runId', 'attempt'],
  properties: { action, runId: text(64), attempt },
};
const saidOfPlan = {
  type: 'object',
  additionalProperties: false,
  required: ['hash'],
  properties: { hash: text(64) },
};

/**
 * What the API has on plans, remediations, and what operators see and change of them.
 */
export const remediationPaths = {
  '/incidents/{incidentId}/plans': {
    get: operation({
      id: 'listPlans',
      summary: 'What could be done about an incident, newest first',
      parameters: [path('incidentId')],
      result: z.object({ items: z.array(offeredPlanSchema) }),
    }),
    post: operation({
      id: 'requestPlan',
      summary: 'Plans an action and agrees to it; 200 when it was asked before',
      parameters: [path('incidentId')],
      body: wanted,
      status: 202,
      result: remediationPlanSchema,
    }),
  },
  '/plans/{planId}': {
    get: operation({
      id: 'getPlan',
      summary: 'A plan with what its gates say',
      parameters: [path('planId')],
      result: offeredPlanSchema,
    }),
  },
  '/plans/{planId}/approve': {
    post: operation({
      id: 'approvePlan',
      summary: 'Agrees to a plan as it was seen; owners only',
      parameters: [path('planId')],
      body: saidOfPlan,
      result: remediationPlanSchema,
    }),
  },
  '/plans/{planId}/reject': {
    post: operation({
      id: 'rejectPlan',
      summary: 'Rejects a plan as it was seen; owners only',
      parameters: [path('planId')],
      body: saidOfPlan,
      result: remediationPlanSchema,
    }),
  },
  '/incidents/{incidentId}/remediations': {
    get: operation({
      id: 'listRemediations',
      summary: 'What was done about an incident, and what the caller may do',
      parameters: [path('incidentId')],
      result: remediationsSchema,
    }),
    post: operation({
      id: 'requestRemediation',
      summary: 'Asks for something to be done; 200 when it was asked before',
      parameters: [path('incidentId')],
      body: wanted,
      status: 202,
      result: remediationSchema,
    }),
  },
  '/remediations/{remediationId}': {
    get: operation({
      id: 'getRemediation',
      summary: 'Something that was done, or is being done',
      parameters: [path('remediationId')],
      result: remediationSchema,
    }),
  },
  '/remediations/{remediationId}/cancel': {
    post: operation({
      id: 'cancelRemediation',
      summary: 'Stops what has not been done yet',
      parameters: [path('remediationId')],
      body: emptyBody,
      result: remediationSchema,
    }),
  },
  '/remediations/{remediationId}/undo': {
    post: operation({
      id: 'undoRemediation',
      summary: 'Asks for what takes it back',
      parameters: [path('remediationId')],
      body: emptyBody,
      status: 202,
      result: remediationSchema,
    }),
  },
  '/remediation/stops': {
    get: operation({
      id: 'listStops',
      summary: 'Kill switches that are on',
      result: remediationStopsSchema,
    }),
    post: operation({
      id: 'stopRemediations',
      summary: 'Sets a kill switch; operators, and owners for their entity',
      body: jsonSchemaOf(stopInputSchema),
      result: remediationStopSchema,
    }),
  },
  '/remediation/stops/{stopId}': {
    delete: operation({
      id: 'liftStop',
      summary: 'Lifts a kill switch',
      parameters: [path('stopId')],
      status: 204,
    }),
  },
  '/remediation/overview': {
    get: operation({
      id: 'getRemediationOverview',
      summary: 'Modes, budgets, policy and outcomes; operators only',
      result: remediationOverviewSchema,
    }),
  },
  '/remediation/modes': {
    put: operation({
      id: 'setRemediationMode',
      summary: 'Sets a mode; without one, what is configured counts again',
      body: jsonSchemaOf(modeRuleSchema.partial({ mode: true })),
      status: 204,
    }),
  },
  '/remediation/decisions': {
    get: operation({
      id: 'listDecisions',
      summary: 'Decisions on remediations, newest first; operators only',
      parameters: [
        query(
          'result',
          oneOf('allowed', 'waits', 'shadowed', 'refused', 'changed'),
        ),
        query('action', action),
        query('incidentId', text(64)),
        query('actor', text(255)),
        ...paging,
      ],
      result: remediationDecisionsSchema,
    }),
  },
};
