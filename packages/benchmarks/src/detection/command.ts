import { Command } from 'commander';
import { resolve } from 'path';
import { Mark } from '../logs/Mark';
import { markTable } from '../logs/markTable';
import * as marksOf from './marks';

type Options = { data: string; nab?: string; only?: string[] };

const log = process.stderr;

async function detection(options: Options): Promise<void> {
  const settings = {
    data: resolve(options.data),
    nab: options.nab === undefined ? undefined : resolve(options.nab),
  };
  const parts: Record<string, () => Mark[]> = {
    spikes: () => marksOf.spikeMarks(settings),
    shifts: () => marksOf.shiftMarks(settings),
    noise: marksOf.falseAlarmMarks,
    pooling: marksOf.poolingMarks,
    flaky: () => marksOf.flakyMarks(settings),
    culprit: marksOf.culpritMarks,
    canary: marksOf.canaryMarks,
    speed: marksOf.speedMarks,
  };
  const unknown = options.only?.find(name => !(name in parts));
  if (unknown !== undefined) {
    throw new Error(`--only takes ${Object.keys(parts).join(', ')}`);
  }
  const marks: Mark[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (!options.only || options.only.includes(name)) {
      log.write(`${name} …\n`);
      marks.push(...measure());
    }
  }
  log.write(`\n${markTable(marks)}\n`);
  process.stdout.write(`${JSON.stringify({ marks }, undefined, 2)}\n`);
}

export const command = new Command('detection')
  .description(
    'Score the detection package: one JSON object on standard output, a table on the other',
  )
  .option(
    '--data <folder>',
    'public data sets',
    process.env.CI_MEDIC_DATA ?? '../shared/data',
  )
  .option('--nab <folder>', 'a complete copy of numenta/NAB')
  .option('--only <parts...>', 'only these parts')
  .action(detection);
