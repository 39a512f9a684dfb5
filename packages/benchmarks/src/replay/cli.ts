import { createSimulator } from '@ci-medic/ci-simulator';
import { parseEntityRef } from '@backstage/catalog-model';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { Command } from 'commander';
import { randomBytes } from 'crypto';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { stringify } from 'yaml';
import { readArchives } from './readArchives';
import { entityRefOf, Replay } from './Replay';
import { startBackend } from './startBackend';

const log = process.stderr;
const print = process.stdout.write.bind(process.stdout);
// The result stands alone on standard output; the backend's log goes to the other one.
process.stdout.write = log.write.bind(log) as typeof process.stdout.write;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as { port: number };
  await new Promise(done => {
    server.close(done);
  });
  return port;
}

async function replay(data: string): Promise<number> {
  const archives = readArchives(resolve(data));
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-replay-'));
  const port = await freePort();
  const webhookSecret = randomBytes(24).toString('hex');
  const url = `http://127.0.0.1:${port}/api/ci-medic`;
  log.write(`Reading ${archives.length} archives\n`);
  const simulator = await createSimulator({
    archives,
    webhook: { url: `${url}/webhooks/github`, secret: webhookSecret },
  });
  const catalogFile = join(folder, 'catalog.yaml');
  const repositories = simulator.runs().map(({ repository }) => repository);
  const entities = [...new Set(repositories)].map(repository => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: parseEntityRef(entityRefOf(repository)).name,
      annotations: { 'github.com/project-slug': repository },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
  }));
  await writeFile(
    catalogFile,
    entities.map(one => stringify(one)).join('---\n'),
  );
  const stopBackend = await startBackend({
    ...{ port, folder, catalogFile, webhookSecret },
    ciHost: new URL(simulator.url).host,
  });
  try {
    const client = new CiMedicClient({
      fetchApi: { fetch },
      discoveryApi: { getBaseUrl: async () => url },
    });
    const run = new Replay({ client, simulator });
    await run.untilKnown();
    const result = await run.play();
    print(`${JSON.stringify(result, undefined, 2)}\n`);
    return result.lost === 0 ? 0 : 1;
  } finally {
    await stopBackend();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

new Command('replay')
  .description('Play real archives of GitHub Actions through a real backend')
  .option('--data <folder>', 'the public data', '../shared/data')
  .parseAsync()
  .then(command => replay(command.opts().data))
  .then(
    code => process.exit(code),
    error => {
      log.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
