import { join, resolve } from 'path';
import { recordScenario } from './recordScenario';
import { scenarios } from './scenarios';

/** Records all scenarios, or those that are named on the command line. */
async function main() {
  const wanted = process.argv.slice(2);
  const root = resolve(__dirname, '..');
  await Promise.all(
    scenarios
      .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
      .map(scenario =>
        recordScenario({
          scenario,
          projects: join(__dirname, 'projects'),
          recordings: join(root, 'recordings'),
          say: text => process.stdout.write(`${text}\n`),
        }),
      ),
  );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
