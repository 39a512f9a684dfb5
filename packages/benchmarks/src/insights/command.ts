import { Command } from 'commander';
import { randomBytes, randomUUID } from 'crypto';
import knexFactory, { Knex } from 'knex';
import { chmod, mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { stringify } from 'yaml';
import { freePort, PostgresServer } from '../chaos/PostgresServer';
import { startBackend } from '../replay/startBackend';
import { YearOfHistory } from './YearOfHistory';

type Options = {
  services: string;
  days: string;
  runs: string;
  seed: string;
  queries: string;
};

const log = process.stderr;
const PATIENCE_MS = 10 * 60_000;

/** Fills a year of history, lets the backend sum it up, and asks for trends as the page does. */
async function insights(options: Options): Promise<void> {
  const services = Number(options.services);
  const days = Number(options.days);
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = log.write.bind(log) as typeof process.stdout.write;
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-insights-'));
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755);
  const postgres = await PostgresServer.start(folder);
  let stopBackend: (() => Promise<void>) | undefined;
  let knex: Knex | undefined;
  try {
    const port = await freePort();
    const catalogFile = join(folder, 'catalog.yaml');
    await writeFile(catalogFile, catalogOf(services));
    stopBackend = await startBackend({
      ...{ port, folder, catalogFile },
      ciHost: `127.0.0.1:${await freePort()}`,
      webhookSecret: randomBytes(24).toString('hex'),
      database: { client: 'pg', connection: postgres.connection },
    });
    const address = new URL(postgres.connection);
    address.pathname = '/backstage_plugin_ci-medic';
    knex = knexFactory({ client: 'pg', connection: address.toString() });
    const projects = await projectsOf(knex, services);
    log.write('Filling the history …\n');
    const filled = await new YearOfHistory(knex, Number(options.seed)).fill({
      ...{ projects, days },
      runsPerDay: Number(options.runs),
    });
    await knex.raw('analyze');
    log.write('Summing it up …\n');
    const rebuildSeconds = await sumUp(knex, [...projects.keys()], days);
    const timings: Record<string, object> = {};
    for (const window of [90, 364]) {
      log.write(`Asking for ${window} days …\n`);
      timings[`days_${window}`] = await ask(
        `http://127.0.0.1:${port}/api/ci-medic/insights?days=${window}`,
        Number(options.queries),
      );
    }
    const result = {
      ...{ services, days, ...filled, rebuild_seconds: rebuildSeconds },
      ...timings,
    };
    print(`${JSON.stringify(result, undefined, 2)}\n`);
  } finally {
    await knex?.destroy();
    await stopBackend?.();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  // Tasks of the backend that ended would keep the process.
  process.exit(0);
}

function catalogOf(services: number): string {
  return Array.from({ length: services }, (_, index) =>
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `service-${index}`,
        annotations: { 'github.com/project-slug': `acme/service-${index}` },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
    }),
  ).join('---\n');
}

/** Entities by the id of their repository, once the backend knows them all. */
async function projectsOf(knex: Knex, services: number) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const rows: { project_id: string; entity_ref: string }[] = await knex(
      'entity_projects',
    ).whereNotNull('project_id');
    if (rows.length === services) {
      return new Map(rows.map(row => [row.project_id, row.entity_ref]));
    }
    if (Date.now() > until) {
      throw new Error(`The backend knows ${rows.length} of ${services}`);
    }
    await setTimeout(200);
  }
}

async function sumUp(
  knex: Knex,
  projectIds: string[],
  days: number,
): Promise<number> {
  const today = Math.floor(Date.now() / 86_400_000);
  const begin = Date.now();
  const item = (kind: string, key: string, payload: object) => ({
    ...{ id: randomUUID(), kind, key, payload: JSON.stringify(payload) },
    ...{ state: 'queued', due_at: begin, created_at: begin },
  });
  const work = projectIds.flatMap(projectId => [
    ...Array.from({ length: days }, (_, back) => {
      const day = today - back - 1;
      const key = `${projectId}:${day}`;
      return item('insights.day', key, { projectId, day });
    }),
    item('insights.periods', projectId, { projectId }),
  ]);
  await knex.batchInsert('work', work, 500);
  for (;;) {
    const [{ count }] = await knex('work')
      .where('kind', 'like', 'insights.%')
      .whereIn('state', ['queued', 'running'])
      .count('* as count');
    if (Number(count) === 0) {
      return (Date.now() - begin) / 1_000;
    }
    if (Date.now() - begin > PATIENCE_MS) {
      throw new Error(`${count} days are not summed up after 10 minutes`);
    }
    await setTimeout(200);
  }
}

async function ask(url: string, queries: number) {
  const times: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < queries + 5; turn++) {
    const begin = performance.now();
    const response = await fetch(url);
    const body = await response.text();
    if (!response.ok) {
      throw new Error(`${response.status}: ${body.slice(0, 500)}`);
    }
    bytes = body.length;
    // The first ones warm up.
    if (turn >= 5) {
      times.push(performance.now() - begin);
    }
  }
  times.sort((left, right) => left - right);
  const at = (share: number) =>
    Math.round(times[Math.ceil((times.length - 1) * share)]);
  return { p50_ms: at(0.5), p95_ms: at(0.95), n: times.length, bytes };
}

export const command = new Command('insights')
  .description(
    'How long trends take to sum up and to answer, on PostgreSQL, over HTTP',
  )
  .option('--services <number>', 'services', '12')
  .option('--days <number>', 'days of history', '365')
  .option('--runs <number>', 'runs of a service on a day', '20')
  .option('--seed <number>', 'the same seed makes the same history', '1')
  .option('--queries <number>', 'how often to ask', '100')
  .action(insights);
