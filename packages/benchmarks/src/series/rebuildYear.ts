import { chmod, mkdtemp, rm } from 'fs/promises';
import knexFactory from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { stringify } from 'yaml';
import { freePort, PostgresServer } from '../chaos/PostgresServer';
import { BenchmarkBackend } from './BenchmarkBackend';
import { YearOfRuns } from './YearOfRuns';

const DAYS_SHOWN = 90;
const kinds = [
  'series.build',
  'anomalies.judge',
  'anomalies.group',
  'tests.judge',
];

/**
 * Fills a backend with a year of runs, lets it build and judge all series, and opens CI health tabs all the while.
 */
export async function rebuildYear(options: {
  services: number;
  days: number;
  runsPerDay: number;
  say(text: string): void;
}): Promise<object> {
  const { services, days, runsPerDay, say } = options;
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-year-'));
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755);
  const postgres = await PostgresServer.start(folder);
  const backend = await BenchmarkBackend.start({
    database: { client: 'pg', connection: postgres.connection },
    ciHost: `127.0.0.1:${await freePort()}`,
    // Nothing begins by itself.
    ciMedic: { poll: { interval: 'P1D' } },
    catalog: Array.from({ length: services }, (_, index) =>
      stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: `service-${index}`,
          annotations: { 'github.com/project-slug': `acme/service-${index}` },
        },
        spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
      }),
    ).join('---\n'),
  });
  const { client } = backend;
  const address = new URL(postgres.connection);
  address.pathname = '/backstage_plugin_ci-medic';
  const knex = knexFactory({ client: 'pg', connection: address.toString() });
  try {
    await backend.untilKnown(services);
    await backend.untilIdle(kinds);
    say('Filling the history …');
    const projects = await knex('entity_projects').whereNotNull('project_id');
    const year = new YearOfRuns(knex);
    await year.fill(projects, { days, runsPerDay });
    await knex.raw('analyze');
    say('Building all series anew …');
    const startedAt = performance.now();
    for (const { entity_ref } of projects) {
      await client.startSeriesBuild({ entityRef: entity_ref });
    }
    const latencies: number[] = [];
    const waiting = new AbortController();
    const visits = visit(
      projects.map(({ entity_ref }) => entity_ref),
      waiting.signal,
    );
    let built = 0;
    await backend.untilIdle(['series.build'], () => {
      built = performance.now();
    });
    await backend.untilIdle(kinds);
    const seconds = (performance.now() - startedAt) / 1_000;
    waiting.abort();
    latencies.push(...(await visits));
    latencies.sort((left, right) => left - right);
    const at = (share: number) =>
      Math.round(latencies[Math.floor(share * (latencies.length - 1))] ?? 0);
    const [{ points }] = await knex('series_points').count('* as points');
    return {
      ...{ services, days, ...year.counts, points },
      // The last second of each is spent on making sure that it is over.
      built_seconds: Math.round((built - startedAt) / 1_000),
      judged_seconds: Math.round(seconds),
      health_tab_meanwhile: {
        visits: latencies.length,
        ...{ median_ms: at(0.5), p95_ms: at(0.95), worst_ms: at(1) },
      },
    };
  } finally {
    await knex.destroy();
    await backend.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }

  /** Opens tabs one after the other, and says how long each took. */
  async function visit(
    entityRefs: string[],
    signal: AbortSignal,
  ): Promise<number[]> {
    const latencies: number[] = [];
    for (let index = 0; !signal.aborted; index++) {
      const entityRef = entityRefs[index % entityRefs.length];
      const from = performance.now();
      await client.getHealth({ entityRef, days: DAYS_SHOWN });
      latencies.push(performance.now() - from);
      await setTimeout(200);
    }
    return latencies;
  }
}
