import { Command, InvalidArgumentError } from 'commander';
import { readFileSync } from 'fs';
import { judgeCanary } from '../canary';
import { rankSuspects } from '../culprit';
import { HistoryRow, judgeHistory } from '../flaky';
import { createRateState, RateEvent, updateRates } from '../rates';
import { createSpikeState, updateSpikes } from '../spikes';
import { findChanges } from './findChanges';
import { Output } from './Output';
import { readRows, timeOf } from './readRows';
import { readSeries } from './readSeries';

type Common = { json?: boolean };

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('A number is needed.');
  }
  return value;
}

function printAll<T>(
  items: T[],
  { json }: Common,
  textOf: (item: T) => string,
) {
  const output = Output.create();
  items.forEach(item =>
    output.line(json ? JSON.stringify(item) : textOf(item)),
  );
  output.flush();
}

const program = new Command('detection').description(
  'Numbers of builds in, findings out. Files may be - for standard input.',
);

program
  .command('spikes <file>')
  .description('print how unusual each row of a CSV file (time, value) is')
  .option('--alerts', 'print the alerts instead, in sentences')
  .option('--notes', 'print notes as well as alerts')
  .option('--log', 'compare logarithms: for durations, memory and sizes')
  .option('--name <text>', 'what the series is called in sentences')
  .option('--unit <text>', 'seconds, bytes, share, or any other word')
  .option('--json', 'print JSON lines')
  .action((path, options) => {
    const { values, times } = readSeries(path);
    const { alerts, notes, log, name, unit } = options;
    const { scores, findings } = updateSpikes(
      createSpikeState(),
      values.map((value, seq) => ({ seq, at: times[seq], value })),
      { logarithmic: log, event: 'row', name, unit },
    );
    if (alerts || notes) {
      const told = findings.filter(({ stage }) => notes || stage === 'alert');
      printAll(told, options, ({ sentence }) => sentence);
    } else {
      printAll(scores, options, String);
    }
  });

program
  .command('shifts <file>')
  .description(
    'print the indices where the level of a series changed, as a JSON array',
  )
  .option('--live', 'as they would have been alerted while the series grew')
  .option('--whole', 'looking at the whole series; usual up to 900 values')
  .option('--smallest <share>', 'smallest change, live', parseNumber, 0)
  .option('--log', 'compare logarithms, live')
  .option('--explain', 'print sentences instead')
  .option('--json', 'as without it; objects with --explain')
  .action((path, options) => {
    const { live, whole, smallest, log, explain } = options;
    const changes = findChanges(readSeries(path), {
      live: whole ? false : live,
      smallest,
      logarithmic: log,
      event: 'row',
    });
    if (explain) {
      printAll(
        changes,
        options,
        ({ index, sentence }) =>
          sentence ?? `the level changes at row ${index}`,
      );
    } else {
      printAll([changes.map(({ index }) => index)], options, indices =>
        JSON.stringify(indices),
      );
    }
  });

program
  .command('rates <file>')
  .description(
    'print where the rate changed, of a JSONL file with rows {at, failed, failedAgain?} or a CSV file (time, 0 or 1)',
  )
  .option('--name <text>', 'what the series is called in sentences')
  .option('--json', 'print JSON lines')
  .action((path: string, options) => {
    let events: RateEvent[];
    if (/\.csv$/i.test(path)) {
      const { values, times } = readSeries(path);
      events = values.map((value, seq) => ({
        seq,
        at: times[seq],
        failed: value > 0,
      }));
    } else {
      events = [...readRows<RateEvent>(path)].map((row, index) => ({
        ...row,
        seq: row.seq ?? index,
        at: timeOf(row.at),
      }));
    }
    const { findings } = updateRates(createRateState(), events, options);
    printAll(findings, options, ({ sentence }) => sentence);
  });

program
  .command('flaky <history>')
  .description(
    'judge each test of a JSONL file with rows {test, sha, attempt, outcome, at, runner} in order',
  )
  .option('--json', 'print JSON lines')
  .action((path, options) => {
    function* rows() {
      for (const row of readRows<HistoryRow>(path)) {
        yield { ...row, at: timeOf(row.at) };
      }
    }
    printAll(judgeHistory(rows()), options, ({ sentence }) => sentence);
  });

program
  .command('culprit <case>')
  .description('rank what may have caused a failure, of a JSON file')
  .option('--json', 'print JSON')
  .action((path, options) => {
    const ranking = rankSuspects(
      JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')),
    );
    const { sentence, suspects, next } = ranking;
    const text = [
      sentence,
      ...suspects.map(
        ({ probability, title, reasons }) =>
          `${(probability * 100).toFixed(1).padStart(5)} %  ${title}${
            reasons.length > 0 ? `: ${reasons.join('; ')}` : ''
          }`,
      ),
      ...(next ? [`next: run ${next.position} again: ${next.reason}`] : []),
    ];
    printAll([ranking], options, () => text.join('\n'));
  });

program
  .command('canary <base> <canary>')
  .description('compare two CSV files whose last column is the value')
  .option('--rate', 'values are 1 for a failure and 0')
  .option('--decrease', 'less is worse')
  .option('--name <text>', 'what the metric is called', 'value')
  .option('--floor <share>', 'smallest change that matters', parseNumber)
  .option('--planned <runs>', 'runs a side after which it ends', parseNumber)
  .option('--json', 'print JSON')
  .action((basePath, canaryPath, options) => {
    const { rate, decrease, name, floor, planned } = options;
    const [base, canary] = [basePath, canaryPath].map(
      path => readSeries(path).values,
    );
    const count = (values: number[]) => ({
      failures: values.filter(value => value > 0).length,
      total: values.length,
    });
    const result = judgeCanary({
      planned,
      metrics: [
        rate
          ? {
              kind: 'rate',
              name,
              base: count(base),
              canary: count(canary),
              floor,
            }
          : {
              kind: 'continuous',
              name,
              base,
              canary,
              floor,
              worse: decrease ? 'decrease' : 'increase',
            },
      ],
    });
    printAll([result], options, ({ sentence }) => sentence);
  });

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may have seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

program.parseAsync().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
