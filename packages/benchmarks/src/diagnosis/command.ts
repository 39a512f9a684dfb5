import { Command } from 'commander';
import { resolve } from 'path';
import { markTable } from '../logs/markTable';
import { categoryMark } from './categoryMark';
import { transientMarks } from './transientMarks';

async function diagnosis(options: { data: string }): Promise<void> {
  const data = resolve(options.data);
  const marks = [...(await transientMarks(data)), await categoryMark(data)];
  process.stderr.write(`${markTable(marks)}\n`);
  process.stdout.write(`${JSON.stringify({ marks }, undefined, 2)}\n`);
}

export const command = new Command('diagnosis')
  .description(
    'Score diagnoses from logs alone: one JSON object on standard output, a table on the other',
  )
  .option('--data <folder>', 'the public data', '../shared/data')
  .action(diagnosis);
