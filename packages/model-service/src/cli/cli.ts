import { Command } from 'commander';
import { wholeNumber } from './wholeNumber';

const program = new Command('model-service').description(
  'Say what kind of failure it is: a server for models, and commands around it',
);

program
  .command('serve')
  .description('serve models by the Open Inference Protocol v2 over REST')
  .option('--models <folder>', 'folder with <model>/<version>/model.onnx')
  .option('--host <address>', 'where to listen', '127.0.0.1')
  .option('--port <port>', '0 for any that is free', wholeNumber, 7009)
  .option('--batch <rows>', 'failures judged together', wholeNumber, 32)
  .option('--queue <rows>', 'failures that may wait', wholeNumber, 256)
  .option(
    '--refresh <ms>',
    'time between looks into the folder',
    wholeNumber,
    5_000,
  )
  .action(async options => (await import('./serve')).serve(options));

program
  .command('diagnose')
  .description(
    'say what kind of failure logs show: one JSON line for each row with a path or a log',
  )
  .requiredOption('--cases <file>', 'JSON lines, which may be packed as .gz')
  .option('--root <folder>', 'where the paths of the rows are found', '.')
  .option('--models <folder>', 'other models than those that come with it')
  .option('--no-model', 'by signatures alone')
  .action(async options => (await import('./diagnose')).diagnose(options));

program
  .command('prepare')
  .description('print what a model reads of logs, as JSON lines for training')
  .requiredOption('--cases <file>', 'JSON lines with a path or a log each')
  .option('--root <folder>', 'where the paths of the rows are found', '.')
  .action(async options => (await import('./prepare')).prepare(options));

program
  .command('context-features')
  .description('print the names of the features that follow those of the text')
  .action(async () => {
    const { CONTEXT_FEATURES } = await import('@ci-medic/diagnosis');
    process.stdout.write(`${JSON.stringify(CONTEXT_FEATURES)}\n`);
  });

program.parseAsync().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
