import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { metricDefinitions } from '@ci-medic/plugin-ci-medic-common';
// What is scraped is the plugin's own endpoint.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import ciMedicPlugin from '@ci-medic/plugin-ci-medic-backend';
import { readFileSync } from 'fs';
import { Knex } from 'knex';
import { join } from 'path';
import { createDashboards } from '../dev/dashboards/createDashboards';
import { panels } from '../dev/dashboards/panels';
import { PrometheusServer } from './__testUtils__/PrometheusServer';
import { PrometheusSource } from './PrometheusSource';
import { readServers } from './readServers';

jest.setTimeout(120_000);

const logger = mockServices.logger.mock();
const sourceOf = (url: string, series: object[]) =>
  new PrometheusSource({
    server: readServers(
      new ConfigReader({ ciMedic: { prometheus: [{ url, series }] } } as any),
    )[0],
    index: 0,
    logger,
  });

describe('the dashboards', () => {
  it('are those that are made from the definitions of the metrics', () => {
    const folder = join(__dirname, '../../../examples/grafana');
    for (const [file, dashboard] of Object.entries(createDashboards())) {
      expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual(
        JSON.parse(JSON.stringify(dashboard)),
      );
    }
  });
});

const whenInstalled = PrometheusServer.program ? describe : describe.skip;

whenInstalled('with a real Prometheus (needs the program prometheus)', () => {
  let backend: TestBackend;
  let prometheus: PrometheusServer;
  // Before the one of the databases, which the backend needs while it stops.
  afterAll(async () => {
    await prometheus?.stop();
    await backend?.stop();
  });
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let knex: Knex;
  const denied = new Set<string>();

  /** What the plugin itself would have counted of a pipeline. */
  async function count(
    repository: string,
    pipelines: number,
    change?: { attempts?: number },
  ) {
    const { attempts = 4 } = change ?? {};
    const distribution = (seconds: number) =>
      JSON.stringify({
        sum: attempts * seconds,
        counts: [0, 0, 0, attempts, 0, 0, 0, 0, 0],
      });
    for (let index = 0; index < pipelines; index++) {
      for (const result of ['success', 'failure']) {
        await knex('run_counters').insert({
          project_id: repository,
          pipeline_id: String(index),
          ...{ repository, result, attempts, reruns: 1, cost: 0.5 },
          pipeline_name: index === 0 ? 'CI "quoted"\n\\' : `CI ${index}`,
          runner_seconds: 600,
          durations: distribution(200),
          queues: distribution(190),
        });
      }
    }
  }

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.has(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    backend = await startTestBackend({
      features: [
        ciMedicPlugin,
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: { ciMedic: { backfill: { days: 0 } } },
        }),
        permissions.factory,
        catalogServiceMock.factory({ entities: [] }),
      ],
    });
    await count('acme/shop', 1);
    prometheus = await PrometheusServer.start([
      {
        job_name: 'ci-medic',
        scrape_interval: '200ms',
        scrape_timeout: '200ms',
        metrics_path: '/api/ci-medic/metrics',
        authorization: { credentials: mockCredentials.service.token() },
        static_configs: [{ targets: [`127.0.0.1:${backend.server.port()}`] }],
      },
    ]);
    await prometheus.eventually('up == 1');
  });

  it('tells what was counted, with names that need quoting', async () => {
    const [active] = await prometheus.eventually(
      'cicd_pipeline_run_duration_seconds_count{cicd_pipeline_run_state="executing", cicd_pipeline_result="failure"}',
    );
    expect(active).toMatchObject({
      value: 4,
      metric: {
        vcs_repository_name: 'acme/shop',
        cicd_pipeline_name: 'CI "quoted"\n\\',
      },
    });
    const [quantile] = await prometheus.query(
      'histogram_quantile(0.5, cicd_pipeline_run_duration_seconds_bucket{cicd_pipeline_run_state="executing", cicd_pipeline_result="success"})',
    );
    expect(quantile.value).toBe(240);
    const [minutes] = await prometheus.query(
      'sum(ci_medic_pipeline_runner_seconds_total)',
    );
    expect(minutes.value).toBe(1_200);
    const types = await fetch(`${prometheus.url}/api/v1/metadata`);
    expect(((await types.json()) as any).data).toMatchObject({
      [metricDefinitions.runDuration.name]: [{ type: 'histogram' }],
      [metricDefinitions.runErrors.name]: [{ type: 'counter' }],
    });
  });

  it('answers every query of the dashboards', async () => {
    for (const { title, queries } of panels) {
      for (const { expression } of queries) {
        const query = expression
          .replaceAll('$repository', '.*')
          .replaceAll('$__rate_interval', '5s')
          .replaceAll('$__range', '5s');
        const isState = /run_active|tests_unreliable/.test(query);
        const answer = isState
          ? await prometheus.query(query)
          : await prometheus.eventually(query);
        expect([title, answer]).toBeDefined();
      }
    }
  });

  it('is brought in as series of entities', async () => {
    const source = sourceOf(prometheus.url, [
      {
        ...{ id: 'up', name: 'Up', step: 'PT15S' },
        query: 'label_replace(up, "service", "shop", "", "")',
        entityLabel: 'service',
      },
      {
        ...{ id: 'fixed', name: 'Attempts', step: 'PT15S' },
        query: 'sum(cicd_pipeline_run_duration_seconds_count)',
        entity: 'api:default/shop',
      },
      {
        ...{ id: 'nobody', name: 'Nobody', step: 'PT15S' },
        query: 'up',
        entityLabel: 'service',
      },
      {
        ...{ id: 'broken', name: 'Broken', step: 'PT15S' },
        query: '!',
        entity: 'api:a/b',
      },
    ]);
    const to = new Date(Math.ceil(Date.now() / 15_000) * 15_000);
    const read = await source.read({
      from: new Date(to.getTime() - 60_000),
      to,
      signal: AbortSignal.timeout(10_000),
    });
    expect(
      read.map(({ id, entityRef, points }) => [
        id,
        entityRef,
        points[points.length - 1].value,
      ]),
    ).toEqual([
      ['up', 'component:default/shop', 1],
      ['fixed', 'api:default/shop', 16],
    ]);
    expect(read[0].points[0].at.getTime() % 15_000).toBe(0);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining("The query of the series 'broken' failed"),
    );
  });

  it('never tells more than 2,000 time series, and sums the rest', async () => {
    await count('acme/huge', 200);
    const url = `http://127.0.0.1:${backend.server.port()}/api/ci-medic/metrics`;
    const response = await fetch(url, {
      headers: { authorization: mockCredentials.service.header() },
    });
    const lines = (await response.text())
      .split('\n')
      .filter(line => line && !line.startsWith('#'));
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.length).toBeLessThanOrEqual(2_000);
    const sum = (pattern: RegExp) =>
      lines
        .filter(line => pattern.test(line))
        .reduce((total, line) => total + Number(line.split(' ').pop()), 0);
    expect(sum(/_duration_seconds_count.*executing/)).toBe(201 * 2 * 4);
    expect(sum(/^ci_medic_metrics_summed_pipelines /)).toBeGreaterThan(100);
    expect(
      lines.some(line => line.includes('cicd_pipeline_name="other"')),
    ).toBe(true);
  });

  it('is told to nobody without the permission', async () => {
    denied.add('ci-medic.metrics.read');
    const url = `http://127.0.0.1:${backend.server.port()}/api/ci-medic/metrics`;
    const asUser = await fetch(url);
    expect(asUser.status).toBe(403);
    const asNobody = await fetch(url, {
      headers: { authorization: mockCredentials.none.header() },
    });
    expect(asNobody.status).toBe(401);
  });
});

describe('readServers', () => {
  it.each([
    [{ url: 'ftp://prometheus', series: [] }, 'is not a web address'],
    [
      { url: 'http://p', series: [{ id: 'a', name: 'A', query: 'up' }] },
      'needs one of entity and entityLabel',
    ],
    [
      {
        url: 'http://p',
        series: [
          { id: 'a', name: 'A', query: 'up', entityLabel: 'b', step: 'PT1S' },
        ],
      },
      'at least 15 seconds',
    ],
  ])('refuses %j', (server, reason) => {
    const config = new ConfigReader({
      ciMedic: { prometheus: [server] },
    } as any);
    expect(() => readServers(config)).toThrow(reason);
  });
});
