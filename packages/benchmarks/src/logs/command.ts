import { Command } from 'commander';
import { existsSync } from 'fs';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { errorLineMark, signatureMark } from './errorLineMarks';
import { explanationMarks } from './explanationMarks';
import { groupingMark } from './groupingMark';
import { Mark } from './Mark';
import { markTable } from './markTable';
import { packageMark } from './packageMark';
import { runBuildLog } from './runBuildLog';
import { secretMarks } from './secretMarks';
import { largeLogMarks, templateSpeedMark } from './speedMarks';

type Options = {
  data: string;
  loghub?: string;
  secrets?: string;
  python: string;
  gigabytes: string;
  only?: string[];
  heldOut: boolean;
};

const log = process.stderr;
const VENV = '.venv/bin/python';

async function logs(options: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'build-log-models-'));
  try {
    const marks = await measure(options, join(folder, 'models.json'));
    log.write(`\n${markTable(marks)}\n`);
    process.stdout.write(`${JSON.stringify({ marks }, undefined, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(options: Options, file: string): Promise<Mark[]> {
  const { loghub, secrets, python, only, heldOut } = options;
  const data = resolve(options.data);
  const gigabytes = Number(options.gigabytes);
  let learned: Promise<string> | undefined;
  const models = async () => {
    if (!heldOut || !existsSync(join(data, 'cidiff.jsonl'))) {
      return undefined;
    }
    learned ??= runBuildLog([
      ...['learn', '--data', data, '--held-out', file],
    ]).then(() => file);
    return learned;
  };
  const parts: Record<string, () => Promise<Mark[]>> = {
    explanations: async () => explanationMarks(data, await models()),
    errors: async () => [await errorLineMark(data, await models())],
    signatures: async () => [await signatureMark(data, await models())],
    packages: async () => [await packageMark(data)],
    grouping: async () => [await groupingMark(loghub)],
    secrets: () => secretMarks({ data, secrets }),
    speed: async () => [await templateSpeedMark({ data, python })],
    large: () => largeLogMarks({ data, gigabytes }),
  };
  if (only?.some(name => !(name in parts))) {
    throw new Error(`--only takes ${Object.keys(parts).join(', ')}`);
  }
  const marks: Mark[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (!only || only.includes(name)) {
      log.write(`${name} …\n`);
      marks.push(...(await part()));
    }
  }
  return marks;
}

export const command = new Command('logs')
  .description(
    'Score the build-log package: one JSON object on standard output, a table on the other',
  )
  .option('--data <folder>', 'the public data', '../shared/data')
  .option('--loghub <folder>', 'a copy of logpai/loghub')
  .option('--secrets <folder>', 'a copy of gitleaks/gitleaks')
  .option(
    '--python <path>',
    'a Python that has the package drain3',
    existsSync(VENV) ? VENV : 'python3',
  )
  .option('--gigabytes <size>', 'size of the large log', '2')
  .option('--only <part...>', 'measure only these parts')
  .option(
    '--no-held-out',
    'explain by the model as shipped instead of cross-validation',
  )
  .action(logs);
