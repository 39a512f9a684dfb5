import { Command } from 'commander';
import { openDatabase } from './openDatabase';
import { writeLabels } from './writeLabels';

async function exportLabels(options: { config: string[] }): Promise<void> {
  const knex = await openDatabase(options.config);
  try {
    if (!(await knex.schema.hasTable('feedback'))) {
      throw new Error(
        'The configured database has no labels: it is empty, or in memory',
      );
    }
    const count = await writeLabels(knex, process.stdout);
    process.stderr.write(`${count} labels\n`);
  } finally {
    await knex.destroy();
  }
}

/** Does what the arguments of the process say, and ends it. */
export async function runCli(): Promise<void> {
  const program = new Command('ci-medic').description(
    'What operators do on the command line',
  );
  program
    .command('labels')
    .description('What people said of diagnoses')
    .command('export')
    .description('Writes it as JSON lines, for training; people are not named')
    .option('--config <path...>', 'configuration of the backend', [
      'app-config.yaml',
    ])
    .action(exportLabels);
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
  // The database service keeps looking after its connections until the process ends.
  process.stdout.write('', () => process.exit());
}
