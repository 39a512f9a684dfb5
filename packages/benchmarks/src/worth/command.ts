import { bundledModels, ModelServer } from '@ci-medic/model-service';
import { spawn } from 'child_process';
import { Command } from 'commander';
import { once } from 'events';
import { appendFile, readFile } from 'fs/promises';
import { availableParallelism } from 'os';
import { text } from 'stream/consumers';
import { Life, Lived, liveOn, modes } from './liveOn';
import {
  LEAST_DELAY_MINUTES,
  MEAN_DELAY_MINUTES,
  REPAIR_HOURS,
} from './Owners';
import { scoreWorth } from './scoreWorth';

const say = (line: string) => {
  process.stderr.write(`${line}\n`);
};

export const command = new Command('worth')
  .description(
    'What CI Medic is worth: simulated organisations without it, with its suggestions, and with automatic reruns',
  )
  .option('--weeks <number>', 'weeks that each lives', '4')
  .option('--seeds <number>', 'organisations', '5')
  .option('--history <number>', 'weeks before, which are read as history', '2')
  .option('--modes <names>', 'some of off,suggest,automatic', modes.join())
  .option(
    '--parallel <number>',
    'so many at once, each in a process of its own',
    String(availableParallelism()),
  )
  .option(
    '--cases <file>',
    'adds episodes and actions there, a line for each organisation; what is there already is not lived again',
  )
  .option('--life <json>', 'lives one of them and prints it, for the above')
  .action(async options => {
    const print = process.stdout.write.bind(process.stdout);
    // Standard output is for the result alone.
    process.stdout.write = process.stderr.write.bind(
      process.stderr,
    ) as typeof process.stdout.write;
    if (options.life) {
      // It ends with the one who wants to know.
      process.stdin.resume().once('end', () => process.exit(1));
      const life: Life = JSON.parse(options.life);
      const lived = JSON.stringify(await liveOn({ ...life, say }));
      print(lived, () => process.exit(0));
      return;
    }
    const [weeks, history, seeds, parallel] = [
      ...[options.weeks, options.history, options.seeds, options.parallel],
    ].map(Number);
    const wanted = modes.filter(mode =>
      options.modes.split(',').includes(mode),
    );
    const model = await ModelServer.start({ models: bundledModels() });
    const lives = wanted.flatMap(mode =>
      Array.from(
        { length: seeds },
        (_, index): Life => ({
          ...{ mode, seed: index + 1, history, weeks, modelUrl: model.url },
        }),
      ),
    );
    const known = options.cases ? await readCases(options.cases) : [];
    const lived = await inParallel(lives, parallel, async life => {
      const before = known.find(one => isOf(one, life));
      const one = before ?? (await liveElsewhere(life));
      if (options.cases && !before) {
        await appendFile(options.cases, `${JSON.stringify(one)}\n`);
      }
      return one;
    });
    const result = {
      ...{ weeks, history, seeds },
      basis: [
        'the same organisations in each mode; the causes from outside are the same, single failures by chance are not',
        `people of the organisation look at failures as they do without CI Medic; owners also do what it suggests, ${LEAST_DELAY_MINUTES} minutes and on average ${MEAN_DELAY_MINUTES} more of working time after its message, and give a machine back ${REPAIR_HOURS} working hours later`,
        'automatic: reruns on services of all tiers, all else as suggested; both with the strategies that CI Medic comes with',
        '95 % intervals by resampling episodes or organisations (2,000 times); shares by Wilson',
      ],
      ...scoreWorth(lived, weeks),
    };
    print(`${JSON.stringify(result, undefined, 2)}\n`, () => process.exit(0));
  });

/** What was lived before. */
async function readCases(file: string): Promise<Lived[]> {
  const lines = await readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  });
  return lines
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

function isOf(lived: Lived, life: Life): boolean {
  return (['mode', 'seed', 'history', 'weeks'] as const).every(
    key => lived[key] === life[key],
  );
}

/** In a process of its own, so that all processors have work. */
async function liveElsewhere(life: Life): Promise<Lived> {
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      // Most of what is made is short-lived.
      ...['--max-semi-space-size=64', process.argv[1]],
      ...['worth', '--life', JSON.stringify(life)],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'close'),
  ]);
  if (code !== 0) {
    throw new Error(`${life.mode}, seed ${life.seed} ended with ${code}`);
  }
  const lived: Lived = JSON.parse(output);
  const { mode, seed, seconds, episodes, actions, refusals } = lived;
  say(
    JSON.stringify({
      ...{ mode, seed, seconds: Math.round(seconds) },
      ...{ episodes: episodes.length, actions: actions.length },
      ...{ red_hours: Math.round(lived.redHours), refusals },
    }),
  );
  return lived;
}

/** Results in the order of what was asked for. */
async function inParallel<T, R>(
  items: T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (const [index, item] of queue) {
        results[index] = await work(item);
      }
    }),
  );
  return results;
}
