import { Command } from 'commander';
import { randomInt } from 'crypto';
import { chmod, mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildReplica } from './buildReplica';
import { Chaos, ChaosResult } from './Chaos';
import { Promises } from './Promises';
import { brokenVariants, mended, Variant, whole } from './variants';

const log = process.stderr;

const isClean = (result: ChaosResult) =>
  result.lost === 0 &&
  result.duplicate_incidents === 0 &&
  result.doubled === 0 &&
  result.missing === 0 &&
  result.disordered === 0 &&
  (result.remedies?.doubled ?? 0) === 0 &&
  (result.remedies?.missing ?? 0) === 0 &&
  (result.remedies?.wrong_target ?? 0) === 0;

/** A run in which an action was granted for nothing says nothing about it. */
const isComplete = ({ remedies }: ChaosResult) =>
  (remedies?.ungranted ?? []).length === 0;

async function chaos(options: {
  seed?: string;
  variant?: string;
  broken?: boolean;
  mended?: boolean;
  promises?: boolean;
  deliveries?: string;
  keep?: boolean;
}): Promise<number> {
  const seed = options.seed ? Number(options.seed) : randomInt(2 ** 31);
  const all = [whole, ...brokenVariants];
  const named = options.broken
    ? brokenVariants
    : all.filter(({ name }) => name === (options.variant ?? whole.name));
  const chosen = options.mended
    ? named.map(variant => ({ ...mended(variant), broken: undefined }))
    : named;
  if (chosen.length === 0 || !Number.isInteger(seed)) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Error(`--variant is one of ${names}; --seed is a whole number`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'ci-medic-chaos-'));
  // PostgreSQL runs as another user.
  await chmod(folder, 0o755);
  const script = await buildReplica();
  log.write(`Seed ${seed}; logs in ${folder}\n`);
  let isRight = true;
  try {
    if (options.promises) {
      const results = await Promises.check({
        ...{ script, folder: join(folder, 'promises') },
        say: text => log.write(text),
      });
      isRight = results.every(({ kept }) => kept);
      process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
      return isRight ? 0 : 1;
    }
    for (const variant of chosen) {
      const result = await Chaos.run({
        ...{ script, seed, patienceMs: variant.broken ? 15_000 : 90_000 },
        variant: withSize(variant, options.deliveries),
        folder: join(folder, variant.name),
        say: text => log.write(text),
      });
      const { broken } = variant;
      const isExpected = broken
        ? !isClean(result)
        : isClean(result) && isComplete(result);
      isRight &&= isExpected;
      const shown = broken ? { broken, caught: isExpected, ...result } : result;
      process.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
    }
  } finally {
    if (isRight && !options.keep) {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return isRight ? 0 : 1;
}

function withSize(variant: Variant, deliveries?: string): Variant {
  return deliveries ? { ...variant, deliveries: Number(deliveries) } : variant;
}

new Command('chaos')
  .description(
    'Kill, freeze and cut off what can be, and account for every delivery and every rerun',
  )
  .option('--seed <number>', 'the same seed makes the same plan')
  .option('--variant <name>', 'a system that is broken on purpose')
  .option('--broken', 'all broken ones; each has to be caught')
  .option('--mended', 'the same trouble with nothing broken; must be clean')
  .option('--promises', 'what one process promises: R2, R3, R8, R10')
  .option('--deliveries <number>', 'how many')
  .option('--keep', 'leave the logs and the database folder')
  .action(async options => {
    process.exitCode = await chaos(options);
  })
  .parseAsync()
  .then(
    () => process.exit(),
    error => {
      log.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
