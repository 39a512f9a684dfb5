import {
  anomaliesSchema,
  anomalyPreviewSchema,
  anomalySchema,
  anomalySettingSchema,
  anomalySettingsSchema,
  seriesBuildSchema,
  seriesMetricSchema,
  seriesSchema,
  seriesSummarySchema,
  testHistorySchema,
  testReliabilitySchema,
} from '@ci-medic/plugin-ci-medic-common';
import { z } from 'zod';
import { jsonSchemaOf } from './jsonSchemaOf';
import {
  emptyBody,
  entity,
  oneOf,
  operation,
  paging,
  path,
  query,
  whole,
} from './operation';

const ENTITY = '/entities/{kind}/{namespace}/{name}';
const metric = oneOf(...seriesMetricSchema.options);

/**
 * What the API has on series, anomalies and the reliability of tests.
 */
export const seriesPaths = {
  [`${ENTITY}/series`]: {
    get: operation({
      id: 'listSeries',
      summary: 'What is measured of an entity',
      parameters: entity,
      result: z.object({ items: z.array(seriesSummarySchema) }),
    }),
  },
  [`${ENTITY}/series/{subjectId}/{metric}`]: {
    get: operation({
      id: 'getSeries',
      summary: 'A series with what is usual and unusual in it',
      parameters: [
        ...entity,
        path('subjectId'),
        path('metric', metric),
        query('days', whole(1, 400, 90)),
      ],
      result: seriesSchema,
    }),
  },
  [`${ENTITY}/series-build`]: {
    get: operation({
      id: 'getSeriesBuild',
      summary: 'How far the series have been built anew',
      parameters: entity,
      result: z.object({ build: seriesBuildSchema.optional() }),
    }),
    post: operation({
      id: 'startSeriesBuild',
      summary: 'Builds all series of the repository of an entity anew',
      parameters: entity,
      body: emptyBody,
      result: seriesBuildSchema,
    }),
  },
  [`${ENTITY}/anomalies`]: {
    get: operation({
      id: 'listAnomalies',
      summary: 'What is or was unusual in the series of an entity',
      parameters: [
        ...entity,
        query('days', whole(1, 400, 90)),
        query('stage', oneOf('note', 'alert', 'went_away')),
      ],
      result: anomaliesSchema,
    }),
  },
  [`${ENTITY}/anomaly-settings`]: {
    get: operation({
      id: 'getAnomalySettings',
      summary: 'What people want to hear of the metrics of an entity',
      parameters: entity,
      result: anomalySettingsSchema,
    }),
    put: operation({
      id: 'saveAnomalySetting',
      summary: 'Changes what people want to hear of a metric; owners only',
      parameters: entity,
      body: jsonSchemaOf(anomalySettingSchema),
      result: anomalySettingsSchema,
    }),
  },
  [`${ENTITY}/anomaly-preview`]: {
    post: operation({
      id: 'previewAnomalySetting',
      summary: 'What a setting would have shown in the last 90 days',
      parameters: entity,
      body: jsonSchemaOf(anomalySettingSchema),
      result: anomalyPreviewSchema,
    }),
  },
  [`${ENTITY}/tests`]: {
    get: operation({
      id: 'listTestReliability',
      summary: 'Tests of an entity that cannot be relied on, costliest first',
      parameters: [
        ...entity,
        query('verdict', oneOf('healthy', 'suspect', 'flaky', 'broken')),
        ...paging,
      ],
      result: z.object({
        items: z.array(testReliabilitySchema),
        nextCursor: z.string().optional(),
        totalItems: z.number().int().nonnegative(),
      }),
    }),
  },
  [`${ENTITY}/tests/{testId}`]: {
    get: operation({
      id: 'getTestHistory',
      summary: 'A test with its latest executions, newest first',
      parameters: [...entity, path('testId')],
      result: testHistorySchema,
    }),
  },
  '/incidents/{incidentId}/anomalies': {
    get: operation({
      id: 'listIncidentAnomalies',
      summary: 'What was unusual when an incident happened',
      parameters: [path('incidentId')],
      result: z.object({ items: z.array(anomalySchema) }),
    }),
  },
  '/metrics': {
    get: operation({
      id: 'getMetrics',
      summary: 'Figures of all repositories, in the text format of Prometheus',
    }),
  },
};
