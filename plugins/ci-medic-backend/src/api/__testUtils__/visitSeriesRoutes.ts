import {
  anomalyPreviewSchema,
  anomaliesSchema,
  anomalySchema,
  anomalySettingsSchema,
  seriesBuildSchema,
  seriesSchema,
  seriesSummarySchema,
  testHistorySchema,
  testReliabilitySchema,
} from '@ci-medic/plugin-ci-medic-common';
import { Test } from 'supertest';
import { z } from 'zod';

type Method = 'get' | 'post' | 'put' | 'delete';
type Answer = <T>(
  operation: string,
  schema: z.ZodType<T>,
  path: string,
  method?: any,
  body?: object,
) => Promise<T>;

/** Visits the routes of series, anomalies and tests of the component `shop`, and checks what they promise. */
export async function visitSeriesRoutes(options: {
  shop: string;
  incidentId: string;
  /** A test of the second run. */
  testId: string;
  answer: Answer;
  call(path: string, method?: Method, body?: object): Test;
  visited: Set<string>;
}): Promise<void> {
  const { shop, incidentId, answer, call, visited } = options;
  const listOf = <T extends z.ZodType>(item: T) =>
    z.object({ items: z.array(item) });

  const { items } = await answer(
    'listSeries',
    listOf(seriesSummarySchema),
    `${shop}/series`,
  );
  expect(items.map(({ kind, job }) => [kind, job])).toEqual([
    ['pipeline', undefined],
    ['job', 'build'],
  ]);
  const duration = items[1].metrics.find(({ metric }) => metric === 'duration');
  expect(duration).toMatchObject({ unit: 'seconds', anomalies: 0 });
  const series = await answer(
    'getSeries',
    seriesSchema,
    `${shop}/series/${items[1].id}/failure?days=7`,
  );
  // The third run concerns another entity.
  expect(
    series.points.map(({ runNumber, value }) => [runNumber, value]),
  ).toEqual([
    [1, 0],
    [2, 1],
  ]);
  expect((await call(`${shop}/series/nothing/failure`)).status).toBe(404);
  expect((await call(`${shop}/series/nothing/sql`)).status).toBe(400);

  const started = await answer(
    'startSeriesBuild',
    seriesBuildSchema,
    `${shop}/series-build`,
    'post',
    {},
  );
  expect(['queued', 'running', 'done']).toContain(started.state);
  await answer(
    'getSeriesBuild',
    z.object({ build: seriesBuildSchema }),
    `${shop}/series-build`,
  );

  await answer(
    'listAnomalies',
    anomaliesSchema,
    `${shop}/anomalies?stage=alert`,
  );
  await answer(
    'listIncidentAnomalies',
    listOf(anomalySchema),
    `incidents/${incidentId}/anomalies`,
  );
  const path = `${shop}/anomaly-settings`;
  const before = await answer(
    'getAnomalySettings',
    anomalySettingsSchema,
    path,
  );
  expect(before.items[0]).toMatchObject({
    metric: 'duration',
    isDefault: true,
  });
  const setting = {
    ...{ metric: 'duration', mode: 'quiet' },
    ...{ leastChange: 0.3, certainty: 'high' },
  };
  const after = await answer(
    'saveAnomalySetting',
    anomalySettingsSchema,
    path,
    'put',
    setting,
  );
  expect(after.items[0]).toMatchObject({
    ...setting,
    ...{ isDefault: false, changedBy: 'user:default/mock' },
  });
  const refused = await call(path, 'put', { ...setting, leastChange: -1 });
  expect(refused.status).toBe(400);
  const preview = await answer(
    'previewAnomalySetting',
    anomalyPreviewSchema,
    `${shop}/anomaly-preview`,
    'post',
    setting,
  );
  expect(preview).toMatchObject({ days: 90, shown: 0, told: 0 });

  const tests = await answer(
    'listTestReliability',
    z.object({
      items: z.array(testReliabilitySchema),
      totalItems: z.number(),
    }),
    `${shop}/tests?limit=1`,
  );
  expect(tests.items).toEqual([]);
  const history = await answer(
    'getTestHistory',
    testHistorySchema,
    `${shop}/tests/${options.testId}`,
  );
  expect(history).toMatchObject({
    test: { pipeline: 'CI', job: 'build' },
    executions: [{ runNumber: 2, commitSha: 'c0ffee2' }],
    total: 1,
  });
  expect((await call(`${shop}/tests/nothing`)).status).toBe(404);
  visited.add('getMetrics');
  const metrics = await call('metrics');
  expect(metrics.text).toContain('# TYPE ci_medic_incidents_open gauge');
}
