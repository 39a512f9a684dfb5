import { Command } from 'commander';
import { chmod, mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildReplica } from '../chaos/buildReplica';
import { Scene } from '../chaos/Scene';
import { measureIngest } from './measureIngest';

/** `yarn benchmarks ingest`: how fast deliveries become durable and are worked on. */
export const command = new Command('ingest')
  .description(
    'Acknowledgements, deliveries a second with one and with two replicas, and what the database can do',
  )
  .option('--seconds <number>', 'how long 50 a second are sent', '60')
  .option('--deliveries <number>', 'how many at once', '6000')
  .action(async ({ seconds, deliveries }) => {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-ingest-'));
    // PostgreSQL runs as another user.
    await chmod(folder, 0o755);
    try {
      const script = await buildReplica();
      const result = await measureIngest({
        seconds: Number(seconds),
        deliveries: Number(deliveries),
        start: (replicas, runs) =>
          Scene.start({
            ...{ script, replicas },
            folder: join(folder, `replicas-${replicas}`),
            load: { runs, failing: 0.1, repositories: 10, seed: 1 },
          }),
        say: text => process.stderr.write(`${text}\n`),
      });
      process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
