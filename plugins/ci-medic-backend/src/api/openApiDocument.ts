import {
  alertActionInputSchema,
  alertActionResultSchema,
  alertRoutesSchema,
  alertSchema,
  backfillSchema,
  deadLetterSchema,
  explanationSchema,
  healthSchema,
  incidentDetailSchema,
  incidentSchema,
  insightsSchema,
  logPageSchema,
  pageSchema,
  playbookDifferenceSchema,
  playbookDocsSchema,
  playbookSchema,
  runDetailSchema,
  runSummarySchema,
  statusSchema,
  testCaseSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { z } from 'zod';
import { diagnosisPaths } from './diagnosisPaths';
import { jsonSchemaOf } from './jsonSchemaOf';
import {
  attempt,
  emptyBody,
  entity,
  oneOf,
  operation,
  paging,
  path,
  pipelines,
  query,
  text,
  whole,
} from './operation';
import { remediationPaths } from './remediationPaths';
import { seriesPaths } from './seriesPaths';

/**
 * The HTTP API of CI Medic as an OpenAPI 3.0 document. Its schemas are those that the client shares.
 */
export const openApiDocument = {
  openapi: '3.0.3',
  info: {
    title: 'CI Medic',
    version: '1',
    description: 'Runs, logs and incidents of the entities of the catalog',
    license: { name: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: {
    '/entities/{kind}/{namespace}/{name}/health': {
      get: operation({
        id: 'getHealth',
        summary: 'Figures of the pipelines of an entity',
        parameters: [
          ...entity,
          query('days', whole(1, 90, 14)),
          ...pipelines,
          query('timeZone', text(64), 'IANA name of the zone of the reader'),
        ],
        result: healthSchema,
      }),
    },
    '/entities/{kind}/{namespace}/{name}/runs': {
      get: operation({
        id: 'listRuns',
        summary: 'Runs of an entity, newest first',
        parameters: [
          ...entity,
          ...pipelines,
          query('outcome', oneOf('failed', 'succeeded', 'running')),
          ...paging,
        ],
        result: pageSchema(runSummarySchema),
      }),
    },
    '/entities/{kind}/{namespace}/{name}/incidents': {
      get: operation({
        id: 'listIncidents',
        summary: 'Incidents of an entity, open ones first',
        parameters: [
          ...entity,
          query('state', oneOf('open', 'resolved')),
          ...pipelines,
          query('text', text(200), 'Part of the title'),
          ...paging,
        ],
        result: pageSchema(incidentSchema),
      }),
    },
    '/entities/{kind}/{namespace}/{name}/alert-routes': {
      get: operation({
        id: 'getAlertRoutes',
        summary: 'Who is told of incidents of an entity, and why',
        parameters: entity,
        result: alertRoutesSchema,
      }),
    },
    '/entities/{kind}/{namespace}/{name}/backfill': {
      post: operation({
        id: 'startBackfill',
        summary: 'Asks for the history of the repository of an entity',
        parameters: entity,
        body: {
          ...emptyBody,
          properties: { days: whole(1, 400) },
        },
        result: backfillSchema,
      }),
      delete: operation({
        id: 'cancelBackfill',
        summary: 'Stops the reading of history',
        parameters: entity,
        result: backfillSchema,
      }),
    },
    '/runs/{runId}': {
      get: operation({
        id: 'getRun',
        summary: 'An attempt of a run, the latest by default',
        parameters: [path('runId'), query('attempt', attempt)],
        result: runDetailSchema,
      }),
    },
    '/runs/{runId}/attempts/{attempt}/test-cases': {
      get: operation({
        id: 'listTestCases',
        summary: 'Test cases of an attempt, failed ones first',
        parameters: [
          path('runId'),
          path('attempt', attempt),
          query('outcome', oneOf('passed', 'failed', 'error', 'skipped')),
          ...paging,
        ],
        result: pageSchema(testCaseSchema),
      }),
    },
    '/jobs/{jobId}/log': {
      get: operation({
        id: 'getLog',
        summary: 'Lines of the log of a job',
        parameters: [
          path('jobId'),
          query('from', whole(1, 2_000_000_000, 1), 'Number of the first line'),
          query('limit', whole(1, 2_000, 500)),
        ],
        result: logPageSchema,
      }),
    },
    '/jobs/{jobId}/explanation': {
      get: operation({
        id: 'getExplanation',
        summary: 'Why a job failed, as far as its log says',
        parameters: [path('jobId')],
        result: explanationSchema,
      }),
    },
    '/incidents/{incidentId}': {
      get: operation({
        id: 'getIncident',
        summary: 'An incident with its timeline, occurrences and evidence',
        parameters: [path('incidentId')],
        result: incidentDetailSchema,
      }),
    },
    ...remediationPaths,
    '/incidents/{incidentId}/alerts': {
      get: operation({
        id: 'listAlerts',
        summary: 'Messages that told people of an incident',
        parameters: [path('incidentId')],
        result: z.object({ items: z.array(alertSchema) }),
      }),
    },
    '/alert-actions/{actionId}': {
      post: operation({
        id: 'pressAlertAction',
        summary: 'Presses a button of a message, as it stands in the channel',
        parameters: [path('actionId', text(64))],
        body: jsonSchemaOf(alertActionInputSchema),
        result: alertActionResultSchema,
      }),
    },
    '/entities/{kind}/{namespace}/{name}/playbooks': {
      get: operation({
        id: 'listPlaybooks',
        summary: 'Playbooks of an entity, those needed often and lately first',
        parameters: entity,
        result: z.object({ items: z.array(playbookSchema) }),
      }),
    },
    '/incidents/{incidentId}/playbook': {
      get: operation({
        id: 'getIncidentPlaybook',
        summary: 'The playbook of what an incident is about, if there is one',
        parameters: [path('incidentId')],
        result: z.object({
          playbookId: z.string().optional(),
          title: z.string().optional(),
        }),
      }),
    },
    '/playbooks/{playbookId}': {
      get: operation({
        id: 'getPlaybook',
        summary: 'What is known of a failure that recurs',
        parameters: [path('playbookId')],
        result: playbookSchema,
      }),
    },
    '/playbooks/{playbookId}/versions/{version}': {
      get: operation({
        id: 'getPlaybookDifference',
        summary: 'How a version differs from the one before',
        parameters: [path('playbookId'), path('version', attempt)],
        result: playbookDifferenceSchema,
      }),
    },
    '/playbooks/{playbookId}/notes': {
      put: operation({
        id: 'savePlaybookNotes',
        summary: 'Writes notes; 409 when somebody else wrote in the meantime',
        parameters: [path('playbookId')],
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['version', 'text'],
          properties: {
            version: whole(0, 100_000),
            text: { type: 'string', maxLength: 20_000 },
          },
        },
        result: playbookSchema,
      }),
    },
    '/playbook-docs': {
      get: operation({
        id: 'listPlaybookDocs',
        summary: 'Owners that have playbooks, for the portal itself',
        result: z.object({
          items: z.array(playbookDocsSchema.omit({ files: true })),
        }),
      }),
    },
    '/playbook-docs/{kind}/{namespace}/{name}': {
      get: operation({
        id: 'getPlaybookDocs',
        summary: 'The playbooks of an owner as the source of a site',
        parameters: entity,
        result: playbookDocsSchema,
      }),
    },
    '/insights': {
      get: operation({
        id: 'getInsights',
        summary: 'Trends of all entities that the caller may read',
        parameters: [
          query('days', whole(7, 366, 90)),
          query('owner', text(255), 'Reference of the owner'),
          query('system', text(255), 'Reference of the system'),
          query('entity', text(255), 'Reference of one entity'),
        ],
        result: insightsSchema,
      }),
    },
    ...diagnosisPaths,
    ...seriesPaths,
    '/status': {
      get: operation({
        id: 'getStatus',
        summary: 'State of the intake',
        result: statusSchema,
      }),
    },
    '/dead-letters': {
      get: operation({
        id: 'listDeadLetters',
        summary: 'Work that was given up, newest first',
        parameters: paging,
        result: pageSchema(deadLetterSchema),
      }),
    },
    '/dead-letters/{id}/redrive': {
      post: operation({
        id: 'redriveDeadLetter',
        summary: 'Puts work that was given up back into the queue',
        parameters: [path('id')],
        body: emptyBody,
        status: 204,
      }),
    },
  },
} as const;
