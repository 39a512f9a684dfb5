import {
  Explanation,
  LogPage,
  Page,
  RunDetail,
  TestCase,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { noTests } from '../ingest';
import { ApiContext } from './ApiContext';
import { numberOf, pagingOf, textOf } from './readQuery';

/**
 * Routes of runs and of their jobs. A run is seen by those who may see one of its entities.
 */
export function addRunRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, runs, testCases, logs, explanations } = context;

  async function readable(request: Request, runId: string): Promise<string[]> {
    const credentials = await httpAuth.credentials(request);
    return access.readable(credentials, await runs.entitiesOf(runId));
  }

  router.get('/runs/:runId', async (request, response) => {
    const { runId } = request.params;
    const entityRefs = await readable(request, runId);
    const { run, attempts } = await runs.get(
      runId,
      numberOf(request, 'attempt'),
    );
    const tests = await runs.testCounts(runId, run.attempt);
    const body: RunDetail = {
      run,
      attempts,
      entityRefs,
      jobs: await runs.jobs(runId, run.attempt),
      tests: tests.get('') ?? noTests(),
      problems: await runs.problems(runId, run.attempt),
    };
    response.json(body);
  });

  router.get(
    '/runs/:runId/attempts/:attempt/test-cases',
    async (request, response) => {
      const { runId, attempt } = request.params;
      await readable(request, runId);
      const body: Page<TestCase> = await testCases.list({
        runId,
        attempt: Number(attempt),
        outcome: textOf(request, 'outcome') as TestCase['outcome'],
        ...pagingOf(request),
      });
      response.json(body);
    },
  );

  router.get('/jobs/:jobId/log', async (request, response) => {
    const { jobId } = request.params;
    await readable(request, await runs.runOfJob(jobId));
    const body: LogPage = await logs.page({
      jobId,
      from: numberOf(request, 'from'),
      limit: numberOf(request, 'limit'),
    });
    response.json(body);
  });

  router.get('/jobs/:jobId/explanation', async (request, response) => {
    const { jobId } = request.params;
    await readable(request, await runs.runOfJob(jobId));
    const body: Explanation = await explanations.read(jobId);
    response.json(body);
  });
}
