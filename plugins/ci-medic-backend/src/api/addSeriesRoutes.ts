import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  ciMedicBackfillPermission,
  Series,
  SeriesBuild,
  SeriesMetric,
  SeriesSummary,
  TestHistory,
  TestVerdict,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { ApiContext } from './ApiContext';
import { entityOf } from './entityOf';
import { numberOf, pagingOf, textOf } from './readQuery';

const ENTITY = '/entities/:kind/:namespace/:name';
const DEFAULT_DAYS = 90;

/**
 * Routes of series, of building them anew, and of the reliability of tests.
 */
export function addSeriesRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, anomalies, database } = context;
  const { series, seriesBuilds, testReliability } = context;

  async function readable(request: Request): Promise<string> {
    const credentials = await httpAuth.credentials(request);
    const ref = entityOf(request);
    return stringifyEntityRef(await access.entity(credentials, ref));
  }

  async function projectOf(entityRef: string): Promise<string> {
    const row = await database
      .knex('entity_projects')
      .where({ entity_ref: entityRef })
      .whereNotNull('project_id')
      .orderBy('provider')
      .first('project_id');
    if (!row) {
      throw new NotFoundError(`${entityRef} is built nowhere`);
    }
    return row.project_id;
  }

  router.get(`${ENTITY}/series`, async (request, response) => {
    const entityRef = await readable(request);
    const body: { items: SeriesSummary[] } = {
      items: await series.list(entityRef),
    };
    response.json(body);
  });

  router.get(
    `${ENTITY}/series/:subjectId/:metric`,
    async (request, response) => {
      const entityRef = await readable(request);
      const { subjectId } = request.params;
      const metric = request.params.metric as SeriesMetric;
      const days = numberOf(request, 'days') ?? DEFAULT_DAYS;
      const query = { entityRef, subjectId, metric, days };
      const body: Series = {
        ...(await series.read(query)),
        anomalies: await anomalies.list(query),
      };
      response.json(body);
    },
  );

  router.get(`${ENTITY}/series-build`, async (request, response) => {
    const projectId = await projectOf(await readable(request));
    const body: { build?: SeriesBuild } = {
      build: await seriesBuilds.latest(projectId),
    };
    response.json(body);
  });

  router.post(`${ENTITY}/series-build`, async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const entity = await access.entity(
      credentials,
      entityOf(request),
      ciMedicBackfillPermission,
    );
    const projectId = await projectOf(stringifyEntityRef(entity));
    const body: SeriesBuild = await seriesBuilds.start(projectId);
    response.json(body);
  });

  router.get(`${ENTITY}/tests`, async (request, response) => {
    response.json(
      await testReliability.list({
        entityRef: await readable(request),
        verdict: textOf(request, 'verdict') as TestVerdict | undefined,
        ...pagingOf(request),
      }),
    );
  });

  router.get(`${ENTITY}/tests/:testId`, async (request, response) => {
    const body: TestHistory = await testReliability.history(
      await readable(request),
      request.params.testId,
    );
    response.json(body);
  });
}
