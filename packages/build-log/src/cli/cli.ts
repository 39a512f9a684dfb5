import { Command, InvalidArgumentError } from 'commander';
import { readFileSync } from 'fs';
import { LogAnalyzerOptions } from '../createLogAnalyzer';
import { analyzeLog } from './analyzeLog';
import { explainCases, explainLog } from './explain';
import { listTemplates } from './listTemplates';
import { Output } from './Output';

type ExplainOptions = {
  passed: string[];
  cases?: string;
  root: string;
  budget: number;
  rules?: string;
  models?: string;
  json?: boolean;
};

function parseBudget(value: string): number {
  const budget = Number(value);
  if (!Number.isInteger(budget) || budget < 1) {
    throw new InvalidArgumentError('A whole number from 1 on is needed.');
  }
  return budget;
}

async function settingsOf(options: {
  budget?: number;
  rules?: string;
}): Promise<LogAnalyzerOptions> {
  const { budget, rules: path } = options;
  if (path === undefined) {
    return { budget };
  }
  const { parseUserRules } = await import('../rules/parseUserRules');
  const { UserRules } = await import('../rules/UserRules');
  const rules = UserRules.create(parseUserRules(readFileSync(path, 'utf8')));
  return { budget, rules };
}

const program = new Command('build-log').description(
  'Understand the log of a CI job. Logs may be packed as .gz or, as GitHub serves them, as .zip; - is standard input.',
);

program
  .command('explain [failed]')
  .description('print the lines that explain a failure')
  .option('--passed <log...>', 'logs of passing runs of the same job', [])
  .option('--cases <file>', 'explain all rows of a JSONL file instead')
  .option('--root <folder>', 'where the paths of the rows are found', '.')
  .option('--budget <lines>', 'most lines to print', parseBudget, 30)
  .option('--rules <file>', 'rules of your own, as YAML')
  .option(
    '--models <file>',
    'with --cases: explain each by the model that has not seen its project',
  )
  .option('--json', 'print JSON')
  .action(async (failed: string | undefined, options: ExplainOptions) => {
    const settings = await settingsOf(options);
    const { cases, root, passed, models, json } = options;
    if (cases !== undefined) {
      await explainCases(cases, { ...settings, root, models });
    } else if (failed !== undefined) {
      await explainLog(failed, { ...settings, passed, json });
    } else {
      program.error('Either a log or --cases is needed.');
    }
  });

program
  .command('templates <log>')
  .description('print the template id of each line')
  .option('--list', 'print the templates with their counts instead')
  .option('--json', 'print JSON lines')
  .action(listTemplates);

program
  .command('events <log>')
  .description('print each line with what is known of it, as JSON lines')
  .option('--rules <file>', 'rules of your own, as YAML')
  .option('--json', 'as without it')
  .action(async (path: string, options: { rules?: string }) => {
    const output = Output.create();
    const settings = await settingsOf(options);
    await analyzeLog(path, { ...settings, details: true }, line => {
      const { number, ...rest } = line;
      output.json({ line: number, ...rest });
    });
    output.flush();
  });

program
  .command('redact <log>')
  .description('print the clean text without secrets')
  .option('--json', 'print JSON lines')
  .action(async (path: string, { json }: { json?: boolean }) => {
    const output = Output.create();
    await analyzeLog(path, { failed: false }, ({ number, text }) =>
      output.line(json ? JSON.stringify({ line: number, text }) : text),
    );
    output.flush();
  });

program
  .command('fingerprint <log>')
  .description('print the name of the cause of a failure')
  .option('--json', 'print JSON')
  .action(async (path: string, { json }: { json?: boolean }) => {
    const output = Output.create();
    const { fingerprint, headline } = await analyzeLog(path, {});
    output.line(
      json
        ? JSON.stringify({ fingerprint: fingerprint ?? null, headline })
        : fingerprint ?? 'none',
    );
    output.flush();
  });

program
  .command('learn')
  .description('learn which lines explain a failure from labelled public logs')
  .requiredOption('--data <folder>', 'the public data')
  .option(
    '--held-out <file>',
    'write models for cross-validation, instead of printing one',
  )
  .action(async options => {
    const { learn } = await import('./learn');
    await learn(options);
  });

program
  .command('rules')
  .description('rules of your own')
  .command('check <rules>')
  .description('test rules by their own examples, and by logs that passed')
  .option('--passing <folder>', 'logs of passing runs')
  .option('--json', 'print JSON')
  .action(async (path, options) => {
    const { checkRules } = await import('./checkRules');
    await checkRules(path, options);
  });

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` may have seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

program.parseAsync().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
