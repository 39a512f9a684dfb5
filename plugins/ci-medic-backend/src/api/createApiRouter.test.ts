import {
  alertActionResultSchema,
  alertRoutesSchema,
  alertSchema,
  backfillSchema,
  deadLetterSchema,
  diagnosisAccuracySchema,
  explanationSchema,
  feedbackSchema,
  healthSchema,
  incidentCauseSchema,
  incidentDiagnosisSchema,
  incidentFeedbackSchema,
  incidentDetailSchema,
  incidentSchema,
  logPageSchema,
  pageSchema,
  runDetailSchema,
  remediationSchema,
  remediationsSchema,
  runSummarySchema,
  statusSchema,
  testCaseSchema,
} from '@ci-medic/plugin-ci-medic-common';
import request from 'supertest';
import { z } from 'zod';
import { shop } from './__testUtils__/ApiScene';
import { describeApi } from './__testUtils__/describeApi';
import { visitPlaybookRoutes } from './__testUtils__/visitPlaybookRoutes';
import { visitRemediationRoutes } from './__testUtils__/visitRemediationRoutes';
import { visitSeriesRoutes } from './__testUtils__/visitSeriesRoutes';
import { openApiDocument } from './openApiDocument';

describeApi('the API', (use, id) => {
  it('answers every route with what its schema promises', async () => {
    const scene = use();
    const { answer, call, visited, knex, ci } = scene;
    const health = await answer(
      'getHealth',
      healthSchema,
      `${shop}/health?days=7&timeZone=Europe%2FBerlin`,
    );
    expect(health).toMatchObject({
      entityRef: 'component:default/shop',
      projectUrl: 'https://ci.example/acme/shop',
      current: { runs: 2, failed: 1, successRate: { value: 0.5, n: 2 } },
      previous: { runs: 0, failed: 0 },
      branches: ['main'],
      openIncidents: 0,
    });
    expect(health.days).toHaveLength(7);
    const runs = await answer(
      'listRuns',
      pageSchema(runSummarySchema),
      `${shop}/runs`,
    );
    expect(runs.items.map(run => [run.externalId, run.failedJobs])).toEqual([
      ['2', 1],
      ['1', 0],
    ]);
    const incidents = await answer(
      'listIncidents',
      pageSchema(incidentSchema),
      `${shop}/incidents?state=resolved&text=DISK%20is`,
    );
    expect(incidents).toMatchObject({
      totalItems: 1,
      items: [{ state: 'resolved', occurrences: 1 }],
    });
    const [{ id: incidentId }] = incidents.items;
    const detail = await answer(
      'getIncident',
      incidentDetailSchema,
      `incidents/${incidentId}`,
    );
    expect(detail.timeline.map(({ kind }) => kind)).toEqual([
      'opened',
      'resolved',
    ]);
    expect(detail.occurrences).toMatchObject([{ runId: scene.runId('2') }]);
    const run = await answer(
      'getRun',
      runDetailSchema,
      `runs/${scene.runId('2')}`,
    );
    expect(run).toMatchObject({
      attempts: [1],
      jobs: [{ incidentId, log: { state: 'stored' }, tests: { failed: 1 } }],
    });
    const cases = await answer(
      'listTestCases',
      pageSchema(testCaseSchema),
      `runs/${scene.runId('2')}/attempts/1/test-cases?limit=1`,
    );
    expect(cases).toMatchObject({ totalItems: 2, items: [{ name: 'b' }] });
    const rest = await answer(
      'listTestCases',
      pageSchema(testCaseSchema),
      `runs/${scene.runId('2')}/attempts/1/test-cases?cursor=${
        cases.nextCursor
      }`,
    );
    expect(rest.items.map(({ name }) => name)).toEqual(['a']);
    const log = await answer(
      'getLog',
      logPageSchema,
      `jobs/${scene.jobId('2.1.build')}/log?from=2&limit=1`,
    );
    expect(log).toMatchObject({
      totalLines: 2,
      lines: [{ number: 2, text: 'error: the disk is full' }],
    });
    const explanation = await answer(
      'getExplanation',
      explanationSchema,
      `jobs/${scene.jobId('2.1.build')}/explanation`,
    );
    expect(explanation).toMatchObject({
      comparedWith: 1,
      lastPass: { runId: scene.runId('1'), attempt: 1 },
    });
    expect(
      await answer(
        'listAlerts',
        z.object({ items: z.array(alertSchema) }),
        `incidents/${incidentId}/alerts`,
      ),
    ).toEqual({ items: [] });
    expect(
      await answer(
        'pressAlertAction',
        alertActionResultSchema,
        'alert-actions/unknown',
        'post',
        { category: 'code' },
      ),
    ).toEqual({
      outcome: 'refused',
      message: 'This button is not known, or its incident is gone',
    });
    const odd = { category: 'approve everything' };
    expect((await call('alert-actions/x', 'post', odd)).status).toBe(400);
    const about = `incidents/${incidentId}`;
    const diagnosed = await answer(
      'getDiagnosis',
      incidentDiagnosisSchema,
      `${about}/diagnosis`,
    );
    expect(diagnosed).toMatchObject({
      diagnosis: { category: 'unknown', missing: [{ part: 'model' }] },
    });
    const cause = await answer(
      'getCause',
      incidentCauseSchema,
      `${about}/cause`,
    );
    expect(cause).toMatchObject({
      rootCause: { suspects: [], range: { commits: 0 } },
      blastRadius: {
        incidents: [],
        entities: [
          {
            entityRef: 'component:default/shop',
            owners: ['user:default/mock'],
          },
        ],
      },
    });
    visited.add('giveFeedback');
    const confirmed = await call(`${about}/feedback`, 'post', {
      verdict: 'right',
    });
    expect(confirmed.status).toBe(409);
    const given = await call(`${about}/feedback`, 'post', {
      ...{ verdict: 'wrong', category: 'infrastructure' },
    });
    expect(given.status).toBe(201);
    const said = feedbackSchema.parse(given.body);
    expect(said).toMatchObject({ via: 'portal', actor: 'user:default/mock' });
    const feedback = await answer(
      'listFeedback',
      incidentFeedbackSchema,
      `${about}/feedback`,
    );
    expect(feedback).toMatchObject({ items: [said], allowed: true });
    expect(
      await answer(
        'getDiagnosisAccuracy',
        diagnosisAccuracySchema,
        `${shop}/diagnosis-accuracy`,
      ),
    ).toEqual({ categories: [] });
    const undone = await answer(
      'undoFeedback',
      feedbackSchema,
      `feedback/${said.id}/undo`,
      'post',
    );
    expect(undone.undoneBy).toBe('user:default/mock');
    const rerun = { action: 'rerun', runId: scene.runId('2'), attempt: 1 };
    const remedies = `incidents/${incidentId}/remediations`;
    expect(
      await answer('listRemediations', remediationsSchema, remedies),
    ).toEqual({ items: [], options: [{ ...rerun, allowed: true }] });
    visited.add('requestRemediation');
    const requested = await call(remedies, 'post', rerun);
    expect(requested.status).toBe(202);
    const remediation = remediationSchema.parse(requested.body);
    expect(remediation).toEqual(requested.body);
    expect(remediation).toMatchObject({
      ...{ ...rerun, state: 'approved', requestedBy: 'user:default/mock' },
    });
    expect((await call(remedies, 'post', rerun)).status).toBe(200);
    const remedy = `remediations/${remediation.id}`;
    await answer('getRemediation', remediationSchema, remedy);
    const stopped = await answer(
      'cancelRemediation',
      remediationSchema,
      `${remedy}/cancel`,
      'post',
    );
    expect(stopped.state).toBe('cancelled');
    const told = await call(`incidents/${incidentId}`);
    const { id: testId } = await knex('series_tests').first('id');
    await visitSeriesRoutes({
      ...{ shop, incidentId, testId, answer, call, visited },
    });
    await visitPlaybookRoutes({ shop, incidentId, knex, answer });
    await visitRemediationRoutes({
      ...{ incidentId, rerun, remediationId: remediation.id },
      ...{ answer, call, visited },
    });
    expect(
      told.body.timeline
        .filter(({ kind }: any) => kind === 'acted')
        .map(({ message, actor }: any) => [message, actor]),
    ).toEqual([
      [
        'Rerun failed jobs: Asked for by user:default/mock',
        'user:default/mock',
      ],
      ['Rerun failed jobs: Stopped by user:default/mock', 'user:default/mock'],
    ]);
    expect(
      await answer('getAlertRoutes', alertRoutesSchema, `${shop}/alert-routes`),
    ).toMatchObject({
      scope: 'main',
      routes: [
        { because: 'The catalog does not have the owner user:default/mock' },
      ],
    });
    const dead = await answer(
      'listDeadLetters',
      pageSchema(deadLetterSchema),
      'dead-letters',
    );
    expect(dead.items).toMatchObject([
      { kind: 'ingest.delivery', reason: expect.stringContaining('JSON') },
    ]);
    const status = await answer('getStatus', statusSchema, 'status');
    expect(status).toMatchObject({
      durability: id.startsWith('SQLITE') ? 'none' : 'disk',
      providers: [{ id: 'memory', webhooks: 'on' }],
      deliveries: { received: 4, processed: 3, dead: 1, pending: 0 },
    });
    visited.add('redriveDeadLetter');
    const redrive = `dead-letters/${dead.items[0].id}/redrive`;
    expect((await call(redrive, 'post')).status).toBe(204);

    let go = () => {};
    ci.before = () =>
      new Promise<void>(resolve => {
        go = resolve;
      });
    const started = await answer(
      'startBackfill',
      backfillSchema,
      `${shop}/backfill`,
      'post',
      { days: 3 },
    );
    expect(started).toMatchObject({
      days: 3,
      requestedBy: 'user:default/mock',
    });
    const cancelled = await answer(
      'cancelBackfill',
      backfillSchema,
      `${shop}/backfill`,
      'delete',
    );
    expect(cancelled.state).toBe('cancelled');
    ci.before = () => {};
    go();

    const operations = Object.values(openApiDocument.paths).flatMap(path =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect([...visited].sort()).toEqual(operations.sort());
  });

  it('serves the document that describes it', async () => {
    const { call } = use();
    const { body } = await call('openapi.json');
    expect(Object.keys(body.paths)).toHaveLength(
      Object.keys(openApiDocument.paths).length,
    );
  });

  it('refuses what does not fit, and says why', async () => {
    const scene = use();
    const { call } = scene;
    for (const path of [
      `${shop}/health?days=0`,
      `${shop}/health?days=91`,
      `${shop}/health?days=x`,
      `${shop}/health?timeZone=Mars%2FOlympus`,
      `${shop}/runs?limit=101`,
      `${shop}/runs?outcome=odd`,
      `${shop}/runs?cursor=odd`,
      `${shop}/runs?branch=${'b'.repeat(256)}`,
      `${shop}/incidents?state=odd`,
      `${shop}/incidents?cursor=1_x_y`,
      `runs/${scene.runId('2')}?attempt=0`,
      `runs/${scene.runId('2')}/attempts/x/test-cases`,
      `runs/${scene.runId('2')}/attempts/1/test-cases?cursor=odd`,
      `jobs/${scene.jobId('2.1.build')}/log?from=0`,
      `jobs/${scene.jobId('2.1.build')}/log?limit=2001`,
      'dead-letters?cursor=odd',
    ]) {
      const response = await call(path);
      expect([path, response.status]).toEqual([path, 400]);
      expect(response.body.error.message).toEqual(expect.any(String));
    }
    for (const days of [0, 401, 1.5, 'x']) {
      const response = await call(`${shop}/backfill`, 'post', { days });
      expect(response.status).toBe(400);
    }
    const broken = '/api/ci-medic/entities/component/default/broken/health';
    expect((await call(broken)).body.error.message).toContain(
      'An annotation is malformed',
    );
    const plain = '/api/ci-medic/entities/component/default/plain/health';
    expect(await call(plain)).toMatchObject({ status: 404 });
    const attempt = await call(`runs/${scene.runId('2')}?attempt=9`);
    expect(attempt.status).toBe(404);
    expect((await call('dead-letters/x/redrive', 'post')).status).toBe(404);
  });

  it('shows an entity that was made a moment ago', async () => {
    const { call } = use();
    const { status, body } = await call(
      '/api/ci-medic/entities/component/default/new/health',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      project: { slug: 'o/new' },
      current: { runs: 0 },
    });
    expect(body.current.successRate).toBeUndefined();
  });

  it('takes webhooks without credentials, and nothing else', async () => {
    const scene = use();
    const { ci } = scene;
    const text = JSON.stringify({ kind: 'none' });
    const signed = ci.webhook.sign(Buffer.from(text), { id: 'signed' });
    const response = await request(scene.server)
      .post('/api/ci-medic/webhooks/memory')
      .set('authorization', 'Bearer nobody')
      .set(signed)
      .set('content-type', 'application/json')
      .send(text);
    expect(response.status).toBe(202);
    const unsigned = await request(scene.server)
      .post('/api/ci-medic/webhooks/memory')
      .send(text);
    expect(unsigned.status).toBe(401);
    const anonymous = await request(scene.server)
      .get('/api/ci-medic/status')
      .set('authorization', 'Bearer mock-none');
    expect(anonymous.status).toBe(401);
  });
});
