import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SuspectedIncident } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../../database';
import { causeGraph } from '../causeGraph';
import { UpstreamEvents } from '../UpstreamEvents';
import { UpstreamGraph } from '../UpstreamGraph';
import { UpstreamSource } from './UpstreamSource';

jest.setTimeout(60_000);

const component = (name: string) => `component:default/${name}`;

function entity(name: string, relations: [string, string][] = []): Entity {
  const [kind, plain] = name.includes(':')
    ? name.split(':')
    : ['Component', name];
  return {
    ...{ apiVersion: 'backstage.io/v1alpha1', kind },
    metadata: { name: plain, namespace: 'default' },
    relations: relations.map(([type, to]) => ({
      type,
      targetRef: to.includes(':')
        ? to.replace(':', ':default/')
        : component(to),
    })),
  };
}

function graphOf(entities: Entity[]) {
  const known = new Map(
    entities.map(one => [
      `${one.kind.toLowerCase()}:default/${one.metadata.name}`,
      one,
    ]),
  );
  const asked: string[][] = [];
  const catalog = catalogServiceMock.mock({
    getEntitiesByRefs: async ({ entityRefs }) => {
      asked.push(entityRefs);
      return { items: entityRefs.map(ref => known.get(ref)) };
    },
  });
  return {
    asked,
    graph: new UpstreamGraph({ auth: mockServices.auth(), catalog }),
  };
}

describe('UpstreamGraph', () => {
  it('goes upstream nearest first, through APIs, and ends where circles close', async () => {
    const { graph } = graphOf([
      entity('shop', [
        ['dependsOn', 'kit'],
        ['consumesApi', 'api:quotes'],
        ['ownedBy', 'group:team'],
        ['dependencyOf', 'downstream'],
      ]),
      entity('API:quotes', [['apiProvidedBy', 'pricing']]),
      entity('pricing', [['dependsOn', 'shop']]),
      entity('kit', [
        ['dependsOn', 'base'],
        ['dependsOn', 'kit'],
        ['dependsOn', 'missing'],
      ]),
      entity('base', [['dependsOn', 'kit']]),
    ]);
    const { entities, isCut } = await graph.walk([component('shop')]);
    expect(entities.map(one => `${one.entityRef} ${one.steps}`)).toEqual([
      'component:default/kit 1',
      'api:default/quotes 1',
      'component:default/pricing 1',
      'component:default/base 2',
      'component:default/missing 2',
    ]);
    expect(isCut).toBe(false);
    expect(
      causeGraph(
        [component('shop')],
        [{ entityRef: component('base') }],
        entities,
      ),
    ).toEqual({
      nodes: [
        { entityRef: component('base'), role: 'suspect' },
        { entityRef: component('kit'), role: 'between' },
        { entityRef: component('shop'), role: 'affected' },
      ],
      edges: [
        {
          from: component('kit'),
          to: component('base'),
          relation: 'dependsOn',
        },
        {
          from: component('shop'),
          to: component('kit'),
          relation: 'dependsOn',
        },
      ],
    });
  });

  it('looks at 5,000 entities in a few calls, and says that there are more', async () => {
    const names = Array.from({ length: 6_000 }, (_, index) => `lib-${index}`);
    const { graph, asked } = graphOf([
      entity(
        'shop',
        names.map(name => ['dependsOn', name]),
      ),
      ...names.map(name =>
        entity(
          name,
          names.slice(0, 50).map(other => ['dependsOn', other]),
        ),
      ),
    ]);
    const { entities, isCut } = await graph.walk([component('shop')]);
    expect(entities).toHaveLength(4_999);
    expect(isCut).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(12);
  });
});

describe('UpstreamSource', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const at = (hour: number) =>
    Date.parse('2026-11-24T00:00:00Z') + hour * 3_600_000;
  const time = (hour: number) => new Date(at(hour)).toISOString();

  async function run(
    knex: Knex,
    name: string,
    hour: number,
    more: Record<string, unknown>,
  ) {
    const runId = `${name}-${hour}`;
    await knex('runs').insert({
      ...{ run_id: runId, attempt: 1, project_id: name, external_id: runId },
      ...{ pipeline_id: '7', pipeline_name: 'CI', event: 'push' },
      ...{ branch: 'main', commit_sha: 'c0ffee', pull_requests: '[]' },
      ...{ is_fork: false, status: 'completed', rank: 2, stored_at: 0 },
      ...{ conclusion: 'success', created_at: at(hour), ...more },
    });
    await knex('run_entities').insert({
      ...{ entity_ref: component(name), run_id: runId, branch: 'main' },
      ...{ created_at: at(hour), pipeline_id: '7' },
    });
    return runId;
  }

  const incident: SuspectedIncident = {
    ...{ id: 'own', entityRefs: [component('shop')], fingerprint: 'f' },
    project: { provider: 'test', host: 'ci.example', slug: 'acme/shop' },
    ...{ jobName: 'build', files: [], packages: [] },
    lastPass: { runId: 'p', sha: 'a', jobId: 'p', at: time(10) },
    firstFail: { runId: 'f', sha: 'b', jobId: 'f', at: time(12) },
    lines: [{ number: 1204, text: 'Cannot find module kit/server' }],
    probabilities: { dependency: 0.7 },
  };

  it('suspects what released or is broken in that time, and nothing else', async () => {
    const knex = await databases.init('SQLITE_3');
    await CiMedicDatabase.migrate(knex);
    const database = CiMedicDatabase.fromKnex(knex);
    await run(knex, 'kit', 11.8, { commit_title: 'Release 2.0.0' });
    await run(knex, 'base', 11, { commit_title: 'Sort a list' });
    await run(knex, 'far', 3, { commit_title: 'Release 1.0.0' });
    await run(knex, 'next', 13, { pipeline_name: 'Deploy' });
    const failed = await run(knex, 'pricing', 11.5, { conclusion: 'failure' });
    await knex('incidents').insert({
      ...{ id: 'theirs', project_id: 'pricing', fingerprint: 'g', version: 1 },
      ...{ state: 'open', occurrences: 1 },
      ...{ first_seen_at: at(11.5), last_seen_at: at(11.5) },
    });
    await knex('incident_occurrences').insert({
      ...{ job_id: 'j', incident_id: 'theirs', project_id: 'pricing' },
      ...{ run_id: failed, attempt: 1, track_id: 't', run_order: '1' },
      ...{ at: at(11.5), title: 'It is down', title_search: 'it is down' },
    });
    const { graph } = graphOf([
      entity('shop', [
        ['dependsOn', 'kit'],
        ['dependsOn', 'next'],
        ['consumesApi', 'api:quotes'],
      ]),
      entity('kit', [['dependsOn', 'base']]),
      entity('base', [['dependsOn', 'far']]),
      entity('API:quotes', [['apiProvidedBy', 'pricing']]),
    ]);
    const source = new UpstreamSource({
      graph,
      events: new UpstreamEvents({ database, mainBranches: ['main'] }),
    });
    const { suspects } = await source.collect(
      incident,
      new AbortController().signal,
    );
    expect(suspects).toEqual([
      {
        ...{ id: component('kit'), kind: 'upstream', incidentId: undefined },
        title: 'kit: Release 2.0.0',
        evidence: [
          { name: 'upstream_release', value: 1 },
          { name: 'event_near' },
          { name: 'diagnosed', value: 0.7 },
        ],
        shown: {
          ...{ entityRef: component('kit'), at: time(11.8), url: undefined },
        },
      },
      {
        ...{ id: component('pricing'), kind: 'upstream' },
        ...{ title: 'pricing has an incident', incidentId: 'theirs' },
        evidence: [
          { name: 'upstream_incident', value: 1 },
          { name: 'event_near' },
          { name: 'diagnosed', value: 0.7 },
        ],
        shown: {
          ...{ entityRef: component('pricing'), at: time(11.5) },
          url: undefined,
        },
      },
    ]);
    const named = await source.collect(
      {
        ...incident,
        packages: [
          { name: '@acme/base', line: 7 },
          { name: 'nextcloud', line: 8 },
        ],
      },
      new AbortController().signal,
    );
    expect(named.suspects.map(({ title }) => title)).toEqual([
      'kit: Release 2.0.0',
      'pricing has an incident',
      'base, of which no release is known',
    ]);
    expect(named.suspects[2].evidence).toEqual([
      {
        name: 'package_in_log',
        text: 'the failure names `@acme/base` in line 7',
      },
      { name: 'diagnosed', value: 0.7 },
    ]);
  });
});
