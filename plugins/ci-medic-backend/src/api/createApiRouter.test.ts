import {
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
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
  RootCause,
  remediationsSchema,
  runSummarySchema,
  statusSchema,
  testCaseSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { ciMedicProvidersExtensionPoint } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import request from 'supertest';
import { z } from 'zod';
import { CiMedicDatabase, jobIdOf, runIdOf } from '../database';
import { MemoryCi } from '../ingest/__testUtils__/MemoryCi';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { zipOf } from '../ingest/__testUtils__/zipOf';
import { ciMedicPlugin } from '../plugin';
import { MemoryEffects } from '../remediation/__testUtils__/MemoryEffects';
import { causeKeys } from '../rootcause/causeKeys';
import { hideIncident } from './__testUtils__/hideIncident';
import { visitPlaybookRoutes } from './__testUtils__/visitPlaybookRoutes';
import { visitRemediationRoutes } from './__testUtils__/visitRemediationRoutes';
import { visitSeriesRoutes } from './__testUtils__/visitSeriesRoutes';
import { openApiDocument } from './openApiDocument';

jest.setTimeout(120_000);

const now = Date.now();
const shop = '/api/ci-medic/entities/component/default/shop';
const ghost = '/api/ci-medic/entities/component/default/ghost';
const someRerun = { action: 'rerun', runId: 'x', attempt: 1 };
/** What is posted to routes of an incident, right in its form. */
const bodies: Record<string, object> = {
  '/incidents/{incidentId}/plans': someRerun,
  '/incidents/{incidentId}/remediations': someRerun,
  '/incidents/{incidentId}/feedback': { verdict: 'right' },
};

describe.each(TestDatabases.create().eachSupportedId())('the API on %s', id => {
  let backend: TestBackend;
  // Before the one of the databases, which the backend needs while it stops.
  afterAll(async () => {
    await backend.stop();
  });
  const databases = TestDatabases.create({ ids: [id as any] });
  const denied = new Set<string>();
  const visited = new Set<string>();
  const ci = new MemoryCi();
  const actions = actionsRegistryServiceMock();
  const effects = new MemoryEffects({
    ...{ ci, clock: { time: now }, callMs: 1_000 },
  });
  // Nothing happens here but what is asked for.
  effects.prepareRerunFailedJobs = () => new Promise(() => {});
  ci.effects = effects;
  let knex: Knex;

  const runId = (external: string) => runIdOf(MemoryIntake.project, external);
  const jobId = (external: string) => jobIdOf(MemoryIntake.project, external);

  /** Fills the database as the plugin itself would have, without waiting for its schedule. */
  async function seed() {
    await CiMedicDatabase.migrate(knex);
    const intake = MemoryIntake.create({
      knex,
      ci,
      clock: { time: now },
      entities: [MemoryIntake.entity('shop'), MemoryIntake.entity('secret')],
      config: { playbooks: { occurrences: 1 } },
    });
    const artifact = await zipOf({
      'junit.xml':
        '<testsuite name="s"><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>',
    });
    ci.attempts.push(
      memoryAttempt({ id: '1', now, minutesAgo: 300 }),
      memoryAttempt({
        id: '2',
        now,
        jobs: { build: 'failure' },
        artifacts: { 'test-results': artifact },
      }),
      memoryAttempt({ id: '3', now, minutesAgo: 30 }),
    );
    ci.logs.set('1.1.build', 'Preparing\nDone\n');
    ci.logs.set('2.1.build', 'Preparing\nerror: the disk is full\n');
    ci.logs.set('3.1.build', 'expired');
    await intake.start();
    for (const attempt of ci.attempts) {
      await intake.deliverRun(attempt);
    }
    await intake.intake.inbox.store({
      provider: 'memory',
      delivery: { deliveryId: 'broken', event: 'ci' },
      body: Buffer.from('{'),
    });
    await intake.intake.runner.idle();
    // What is put off.
    await knex('work')
      .where({ kind: 'playbooks.consider', state: 'queued' })
      .update({ due_at: 0 });
    await intake.intake.runner.idle();
    await intake.intake.runner.stop();
    // An entity that the catalog has no more, or does not show.
    await knex('run_entities')
      .where({ entity_ref: 'component:default/shop', run_id: runId('3') })
      .delete();
  }

  beforeAll(async () => {
    knex = await databases.init(id as any);
    await seed();
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.has(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    const memoryModule = createBackendModule({
      pluginId: 'ci-medic',
      moduleId: 'memory',
      register: env =>
        env.registerInit({
          deps: { providers: ciMedicProvidersExtensionPoint },
          init: async ({ providers }) => providers.addProvider(ci),
        }),
    });
    backend = await startTestBackend({
      features: [
        ciMedicPlugin,
        memoryModule,
        mockServices.database.factory({ knex }),
        permissions.factory,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => actions,
        }),
        catalogServiceMock.factory({
          entities: [
            {
              ...MemoryIntake.entity('shop'),
              relations: [{ type: 'ownedBy', targetRef: 'user:default/mock' }],
            },
            MemoryIntake.entity('broken', { 'memory.example/project': 'x' }),
            MemoryIntake.entity('new', { 'memory.example/project': 'o/new' }),
            {
              ...MemoryIntake.entity('plain'),
              metadata: { name: 'plain', namespace: 'default' },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: { ciMedic: { backfill: { days: 0 } } },
        }),
      ],
    });
  });

  afterEach(() => denied.clear());

  type Method = 'get' | 'post' | 'put' | 'delete';
  const call = (path: string, method: Method = 'get', body?: object) => {
    const url = path.startsWith('/') ? path : `/api/ci-medic/${path}`;
    return request(backend.server)[method](url).send(body);
  };

  /** The body of an answer, which must be all that its schema promises, and nothing else. */
  async function answer<T>(
    operation: string,
    schema: z.ZodType<T>,
    path: string,
    method: Method = 'get',
    body?: object,
  ): Promise<T> {
    visited.add(operation);
    const response = await call(path, method, body);
    expect([response.status, response.body.error]).toEqual([200, undefined]);
    const parsed = schema.parse(response.body);
    expect(parsed).toEqual(response.body);
    return parsed;
  }

  it('lets tools ask what people can see, and nothing else', async () => {
    const { actions: known } = await actions.list();
    expect(known.map(({ name }) => name).sort()).toEqual([
      'ask-policy',
      'explain-incident',
      'find-incidents',
      'show-plan',
    ]);
    for (const { attributes } of known) {
      expect(attributes).toMatchObject({ readOnly: true, destructive: false });
    }
    const credentials = mockCredentials.user();
    const invoke = async (name: string, input: any) =>
      (await actions.invoke({ id: `test:${name}`, input, credentials }))
        .output as any;
    const { incidents } = await invoke('find-incidents', {
      entityRef: 'component:default/shop',
    });
    expect(incidents).toMatchObject([{ state: 'resolved', occurrences: 1 }]);
    const [{ id: incidentId }] = incidents;
    const explained = await invoke('explain-incident', { incidentId });
    expect(explained.evidence).toContain('error: the disk is full');
    expect(await invoke('show-plan', { incidentId })).toEqual({
      plans: expect.any(Array),
    });
    const before = await knex('remediation_decisions');
    expect(
      await invoke('ask-policy', { incidentId, action: 'rerun' }),
    ).toMatchObject({ allowed: expect.any(Boolean) });
    expect(await knex('remediation_decisions')).toEqual(before);
    expect(await knex('remediations')).toEqual([]);

    denied.add('ci-medic.entity.read');
    await expect(invoke('explain-incident', { incidentId })).rejects.toThrow();
    await expect(invoke('show-plan', { incidentId })).rejects.toThrow();
    denied.clear();
    await expect(
      invoke('find-incidents', { entityRef: 'component:default/gone' }),
    ).rejects.toThrow();
  });

  it('answers every route with what its schema promises', async () => {
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
    expect(detail.occurrences).toMatchObject([{ runId: runId('2') }]);
    const run = await answer('getRun', runDetailSchema, `runs/${runId('2')}`);
    expect(run).toMatchObject({
      attempts: [1],
      jobs: [{ incidentId, log: { state: 'stored' }, tests: { failed: 1 } }],
    });
    const cases = await answer(
      'listTestCases',
      pageSchema(testCaseSchema),
      `runs/${runId('2')}/attempts/1/test-cases?limit=1`,
    );
    expect(cases).toMatchObject({ totalItems: 2, items: [{ name: 'b' }] });
    const rest = await answer(
      'listTestCases',
      pageSchema(testCaseSchema),
      `runs/${runId('2')}/attempts/1/test-cases?cursor=${cases.nextCursor}`,
    );
    expect(rest.items.map(({ name }) => name)).toEqual(['a']);
    const log = await answer(
      'getLog',
      logPageSchema,
      `jobs/${jobId('2.1.build')}/log?from=2&limit=1`,
    );
    expect(log).toMatchObject({
      totalLines: 2,
      lines: [{ number: 2, text: 'error: the disk is full' }],
    });
    const explanation = await answer(
      'getExplanation',
      explanationSchema,
      `jobs/${jobId('2.1.build')}/explanation`,
    );
    expect(explanation).toMatchObject({
      comparedWith: 1,
      lastPass: { runId: runId('1'), attempt: 1 },
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
    const rerun = { action: 'rerun', runId: runId('2'), attempt: 1 };
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
    const { body } = await call('openapi.json');
    expect(Object.keys(body.paths)).toHaveLength(
      Object.keys(openApiDocument.paths).length,
    );
  });

  it('lets nobody act but people who own it and have the permission', async () => {
    const { body } = await call(`${shop}/incidents`);
    const remedies = `incidents/${body.items[0].id}/remediations`;
    const rerun = { action: 'rerun', runId: runId('2'), attempt: 1 };
    const post = (headers: string, wanted: object = rerun) =>
      call(remedies, 'post', wanted).set('Authorization', headers);
    const before = await knex('remediation_events');
    const person = mockCredentials.user.header();
    const stranger = mockCredentials.user.header('user:default/stranger');
    denied.add('ci-medic.remediation.request');
    const refused: [number, string, string, object?][] = [
      [
        403,
        person,
        'You do not have the permission ci-medic.remediation.request',
      ],
      [403, stranger, 'Only owners may do this: user:default/mock'],
      [403, mockCredentials.service.header(), 'service'],
      // Neither a run of another entity nor an action that does not exist.
      [
        403,
        person,
        'No entity that you see has it',
        { ...rerun, runId: runId('3') },
      ],
      [400, person, '', { ...rerun, action: 'Destroy!' }],
      [400, person, '', { ...rerun, attempt: 0 }],
    ];
    for (const [status, headers, reason, wanted] of refused) {
      const response = await post(headers, wanted);
      expect([response.status, response.body.error.message]).toEqual([
        status,
        expect.stringContaining(reason),
      ]);
    }
    denied.clear();
    const listed = await call(remedies).set('Authorization', stranger);
    expect(listed.body.options).toMatchObject([
      { allowed: false, reason: 'Only owners may do this: user:default/mock' },
    ]);
    const remedy = `remediations/${listed.body.items[0].id}`;
    const stopped = await call(`${remedy}/cancel`, 'post').set(
      ...(['Authorization', stranger] as const),
    );
    expect(stopped.status).toBe(403);
    expect((await call('remediations/none')).status).toBe(404);
    expect(await knex('remediation_events')).toEqual(before);
    expect(effects.calls).toBe(0);
  });

  it('A25: does nothing for who only follows a link', async () => {
    const acting = Object.entries(openApiDocument.paths).filter(
      ([, methods]) => !('get' in methods),
    );
    expect(acting.length).toBeGreaterThan(5);
    for (const [path] of acting) {
      const response = await call(path.slice(1).replace(/\{[^}]+\}/g, 'x'));
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it('A30: does not tell of what the reader does not see in the catalog', async () => {
    for (const path of [
      `${ghost}/health`,
      `${ghost}/runs`,
      `${ghost}/incidents`,
      // A run of an entity that is not seen, its job, its log, and what does not exist.
      `runs/${runId('3')}`,
      `runs/${runId('3')}/attempts/1/test-cases`,
      `jobs/${jobId('3.1.build')}/log`,
      `jobs/${jobId('3.1.build')}/explanation`,
      `runs/${runId('77')}`,
      `jobs/${jobId('77')}/log`,
      'incidents/none',
    ]) {
      expect([path, (await call(path)).status]).toEqual([path, 404]);
    }
    for (const method of ['post', 'delete'] as const) {
      expect((await call(`${ghost}/backfill`, method)).status).toBe(404);
    }
    const { body } = await call(`runs/${runId('2')}`);
    expect(body.entityRefs).toEqual(['component:default/shop']);
    const list = await call(`${shop}/incidents`);
    expect(list.body.items).toMatchObject([
      { entityRefs: ['component:default/shop'] },
    ]);
    const detail = await call(`incidents/${list.body.items[0].id}`);
    expect(detail.body.incident.entityRefs).toEqual(['component:default/shop']);
  });

  it('A30: of an incident that is not seen, every route says what it says of none', async () => {
    const { body } = await call(`${shop}/incidents`);
    const seen: string = body.items[0].id;
    await hideIncident(knex, { from: seen, as: 'hidden', runId: runId('3') });
    const paths = Object.entries(openApiDocument.paths).flatMap(
      ([path, methods]) =>
        path.startsWith('/incidents/{incidentId}')
          ? Object.keys(methods).map(method => [path, method as Method])
          : [],
    ) as [string, Method][];
    expect(paths.length).toBeGreaterThan(9);
    for (const [path, method] of paths) {
      const [hidden, none] = await Promise.all(
        ['hidden', 'none'].map(async of => {
          const to = path.slice(1).replace('{incidentId}', of);
          const wanted = bodies[path];
          const answered = await call(to, method, wanted);
          return [answered.status, answered.body.error?.name];
        }),
      );
      expect([path, method, ...hidden]).toEqual([path, method, ...none]);
      expect(hidden[0]).toBe(404);
    }
  });

  it('A30: names nothing of a cause that the reader does not see', async () => {
    const { body } = await call(`${shop}/incidents`);
    const incidentId: string = body.items[0].id;
    await hideIncident(knex, {
      ...{ from: incidentId, as: 'upstream', runId: runId('3') },
    });
    const entityRef = 'component:default/secret';
    const cause: RootCause = {
      ...{ incidentId, verdict: 'suspect', missing: [] },
      suspects: [
        {
          ...{ id: entityRef, kind: 'upstream', title: 'secret 2.0.0' },
          ...{ probability: 0.9, reasons: ['secret was released'], entityRef },
          ...{ author: 'secretary', url: 'https://ci.example/secret' },
        },
        {
          ...{ id: 'c0ffee2', kind: 'commit', title: 'Change it' },
          ...{ probability: 0.1, reasons: [], commitSha: 'c0ffee2' },
        },
      ],
      nobody: { flaky: 0, infrastructure: 0, unlisted: 0 },
      sentence: 'Most likely secret 2.0.0',
      graph: {
        nodes: [
          { entityRef: 'component:default/shop', role: 'affected' },
          { entityRef, role: 'suspect' },
        ],
        edges: [
          {
            ...{ from: 'component:default/shop', to: entityRef },
            relation: 'dependsOn',
          },
        ],
      },
      createdAt: new Date(now).toISOString(),
    };
    await knex('root_causes').where({ incident_id: incidentId }).delete();
    await knex('root_causes').insert({
      ...{ incident_id: incidentId, verdict: 'suspect', created_at: now },
      body: JSON.stringify(cause),
    });
    const [{ reason }] = causeKeys({
      ...{ incidentId, fingerprint: 'no-log:x', projectId: 'p', hosts: [] },
      ...{ rootCause: cause, incidentOf: () => 'upstream' },
    }).slice(-1);
    await knex('incident_members').insert({
      ...{ incident_id: incidentId, leader_id: 'upstream', reason },
      since: now,
    });
    const path = `incidents/${incidentId}/cause`;
    const told = await answer('getCause', incidentCauseSchema, path);
    expect(told.rootCause?.suspects).toEqual([
      {
        ...{ id: 'hidden-0', kind: 'upstream', probability: 0.9, reasons: [] },
        title: 'Something upstream that you do not see',
      },
      expect.objectContaining({ title: 'Change it' }),
    ]);
    expect(told.rootCause?.graph).toEqual({
      nodes: [{ entityRef: 'component:default/shop', role: 'affected' }],
      edges: [],
    });
    expect(told.blastRadius.incidents.map(one => one.incidentId)).toEqual([
      incidentId,
    ]);
    expect(JSON.stringify(told)).not.toMatch(/secret|upstream 2|hidden title/);
  });

  it('asks for the permission of each route, and for no other', async () => {
    const { body } = await call(`${shop}/incidents`);
    const routes: [string, string, Method?][] = [
      ['ci-medic.entity.read', `${shop}/health`],
      ['ci-medic.entity.read', `${shop}/runs`],
      ['ci-medic.entity.read', `${shop}/incidents`],
      ['ci-medic.entity.read', `runs/${runId('2')}`],
      ['ci-medic.entity.read', `runs/${runId('2')}/attempts/1/test-cases`],
      ['ci-medic.entity.read', `jobs/${jobId('2.1.build')}/log`],
      ['ci-medic.entity.read', `jobs/${jobId('2.1.build')}/explanation`],
      ['ci-medic.entity.read', `incidents/${body.items[0].id}`],
      ['ci-medic.entity.read', `incidents/${body.items[0].id}/alerts`],
      ['ci-medic.entity.read', `incidents/${body.items[0].id}/remediations`],
      ['ci-medic.entity.read', `${shop}/alert-routes`],
      ['ci-medic.operate', 'status'],
      ['ci-medic.operate', 'dead-letters'],
      ['ci-medic.operate', 'dead-letters/x/redrive', 'post'],
      ['ci-medic.backfill.manage', `${shop}/backfill`, 'post'],
      ['ci-medic.backfill.manage', `${shop}/backfill`, 'delete'],
      ['ci-medic.entity.read', `${shop}/series`],
      ['ci-medic.entity.read', `${shop}/series/x/duration`],
      ['ci-medic.entity.read', `${shop}/series-build`],
      ['ci-medic.entity.read', `${shop}/anomalies`],
      ['ci-medic.entity.read', `${shop}/anomaly-settings`],
      ['ci-medic.entity.read', `${shop}/tests`],
      ['ci-medic.entity.read', `${shop}/tests/x`],
      ['ci-medic.entity.read', `incidents/${body.items[0].id}/anomalies`],
      ['ci-medic.backfill.manage', `${shop}/series-build`, 'post'],
      ['ci-medic.metrics.read', 'metrics'],
    ];
    const before = await knex('backfills').count();
    for (const [permission, path, method] of routes) {
      denied.clear();
      denied.add(permission);
      const refused = await call(path, method);
      expect([path, refused.status]).toEqual([path, 403]);
      expect(refused.body.error.name).toBe('NotAllowedError');
    }
    expect(await knex('backfills').count()).toEqual(before);
    denied.clear();
    denied.add('ci-medic.operate').add('ci-medic.backfill.manage');
    expect((await call(`${shop}/runs`)).status).toBe(200);
  });

  it('refuses what does not fit, and says why', async () => {
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
      `runs/${runId('2')}?attempt=0`,
      `runs/${runId('2')}/attempts/x/test-cases`,
      `runs/${runId('2')}/attempts/1/test-cases?cursor=odd`,
      `jobs/${jobId('2.1.build')}/log?from=0`,
      `jobs/${jobId('2.1.build')}/log?limit=2001`,
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
    const attempt = await call(`runs/${runId('2')}?attempt=9`);
    expect(attempt.status).toBe(404);
    expect((await call('dead-letters/x/redrive', 'post')).status).toBe(404);
  });

  it('shows an entity that was made a moment ago', async () => {
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
    const text = JSON.stringify({ kind: 'none' });
    const signed = ci.webhook.sign(Buffer.from(text), { id: 'signed' });
    const response = await request(backend.server)
      .post('/api/ci-medic/webhooks/memory')
      .set('authorization', 'Bearer nobody')
      .set(signed)
      .set('content-type', 'application/json')
      .send(text);
    expect(response.status).toBe(202);
    const unsigned = await request(backend.server)
      .post('/api/ci-medic/webhooks/memory')
      .send(text);
    expect(unsigned.status).toBe(401);
    const anonymous = await request(backend.server)
      .get('/api/ci-medic/status')
      .set('authorization', 'Bearer mock-none');
    expect(anonymous.status).toBe(401);
  });
});
