import { mockCredentials } from '@backstage/backend-test-utils';
import {
  incidentCauseSchema,
  RootCause,
} from '@ci-medic/plugin-ci-medic-common';
import { causeKeys } from '../rootcause/causeKeys';
import { Method, shop } from './__testUtils__/ApiScene';
import { describeApi } from './__testUtils__/describeApi';
import { hideIncident } from './__testUtils__/hideIncident';
import { openApiDocument } from './openApiDocument';

const ghost = '/api/ci-medic/entities/component/default/ghost';
const someRerun = { action: 'rerun', runId: 'x', attempt: 1 };
/** What is posted to routes of an incident, right in its form. */
const bodies: Record<string, object> = {
  '/incidents/{incidentId}/plans': someRerun,
  '/incidents/{incidentId}/remediations': someRerun,
  '/incidents/{incidentId}/feedback': { verdict: 'right' },
};

describeApi('access', use => {
  it('lets nobody act but people who own it and have the permission', async () => {
    const scene = use();
    const { call, denied, knex, effects } = scene;
    const { body } = await call(`${shop}/incidents`);
    const remedies = `incidents/${body.items[0].id}/remediations`;
    const rerun = { action: 'rerun', runId: scene.runId('2'), attempt: 1 };
    const post = (headers: string, wanted: object = rerun) =>
      call(remedies, 'post', wanted).set('Authorization', headers);
    const person = mockCredentials.user.header();
    const asked = await post(person);
    expect(asked.status).toBe(202);
    const own = await call(`remediations/${asked.body.id}/cancel`, 'post');
    expect(own.body.state).toBe('cancelled');
    const before = await knex('remediation_events');
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
        { ...rerun, runId: scene.runId('3') },
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
      {
        allowed: false,
        reason: 'Only owners may do this: user:default/mock',
      },
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
    const { call } = use();
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
    const scene = use();
    const { call } = scene;
    for (const path of [
      `${ghost}/health`,
      `${ghost}/runs`,
      `${ghost}/incidents`,
      // A run of an entity that is not seen, its job, its log, and what does not exist.
      `runs/${scene.runId('3')}`,
      `runs/${scene.runId('3')}/attempts/1/test-cases`,
      `jobs/${scene.jobId('3.1.build')}/log`,
      `jobs/${scene.jobId('3.1.build')}/explanation`,
      `runs/${scene.runId('77')}`,
      `jobs/${scene.jobId('77')}/log`,
      'incidents/none',
    ]) {
      expect([path, (await call(path)).status]).toEqual([path, 404]);
    }
    for (const method of ['post', 'delete'] as const) {
      expect((await call(`${ghost}/backfill`, method)).status).toBe(404);
    }
    const { body } = await call(`runs/${scene.runId('2')}`);
    expect(body.entityRefs).toEqual(['component:default/shop']);
    const list = await call(`${shop}/incidents`);
    expect(list.body.items).toMatchObject([
      { entityRefs: ['component:default/shop'] },
    ]);
    const detail = await call(`incidents/${list.body.items[0].id}`);
    expect(detail.body.incident.entityRefs).toEqual(['component:default/shop']);
  });

  it('A30: of an incident that is not seen, every route says what it says of none', async () => {
    const scene = use();
    const { call, knex } = scene;
    const { body } = await call(`${shop}/incidents`);
    const seen: string = body.items[0].id;
    await hideIncident(knex, {
      from: seen,
      as: 'hidden',
      runId: scene.runId('3'),
    });
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
    const scene = use();
    const { answer, call, knex, now } = scene;
    const { body } = await call(`${shop}/incidents`);
    const incidentId: string = body.items[0].id;
    await hideIncident(knex, {
      ...{ from: incidentId, as: 'upstream', runId: scene.runId('3') },
    });
    const entityRef = 'component:default/secret';
    const cause: RootCause = {
      ...{ incidentId, verdict: 'suspect', missing: [] },
      suspects: [
        {
          ...{ id: entityRef, kind: 'upstream', title: 'secret 2.0.0' },
          ...{
            probability: 0.9,
            reasons: ['secret was released'],
            entityRef,
          },
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
        ...{
          id: 'hidden-0',
          kind: 'upstream',
          probability: 0.9,
          reasons: [],
        },
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
    const scene = use();
    const { call, denied, knex } = scene;
    const { body } = await call(`${shop}/incidents`);
    const routes: [string, string, Method?][] = [
      ['ci-medic.entity.read', `${shop}/health`],
      ['ci-medic.entity.read', `${shop}/runs`],
      ['ci-medic.entity.read', `${shop}/incidents`],
      ['ci-medic.entity.read', `runs/${scene.runId('2')}`],
      [
        'ci-medic.entity.read',
        `runs/${scene.runId('2')}/attempts/1/test-cases`,
      ],
      ['ci-medic.entity.read', `jobs/${scene.jobId('2.1.build')}/log`],
      ['ci-medic.entity.read', `jobs/${scene.jobId('2.1.build')}/explanation`],
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
});
