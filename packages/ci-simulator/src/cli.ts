import { Command } from 'commander';
import { memberOf, serve } from './cli/serve';
import { writeCatalog } from './organisation/writeCatalog';

const program = new Command('ci-simulator').description(
  'A CI server with GitHub’s REST API that plays recorded builds',
);

program
  .command('serve')
  .description('serve recordings and archives, and print one line when ready')
  .option('--recordings <folder>', 'recorded builds (the package’s own)')
  .option('--no-recordings', 'serve no recordings')
  .option('--archives <place...>', 'downloaded archives: files, folders, globs')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port <number>', 'port to listen on; 0 for any free one', '0')
  .option('--public-url <url>', 'how clients see the server')
  .option('--webhook-url <url>', 'where webhooks go')
  .option('--webhook-secret <text>', 'what they are signed with')
  .option('--hook-id <number>', 'X-GitHub-Hook-ID', '1')
  .option('--deliver <which>', 'send at the start: none, newest, all', 'none')
  .option('--rate-limit <number>', 'requests an hour for each token', '5000')
  .option('--fresh-minutes <number>', 'age of the newest run', '5')
  .option('--keep-times', 'leave times as they were recorded')
  .option('--organisation', 'a living organisation in place of recordings')
  .option('--seed <text>', 'what the organisation is made from', '1')
  .option('--weeks <number>', 'weeks of its history', '8')
  .option('--speed <factor>', 'simulated time to real time', '60')
  .option('--until <time>', 'end of its history (ISO 8601)')
  .option('--catalog <file>', 'write its catalog entities there')
  .option('--catalog-member <user:team>', 'a user who belongs to a team of it')
  .option('--load <runs>', 'that many small runs, for measurements', '0')
  .option('--load-failing <share>', 'share of them that failed', '0.1')
  .option('--rerun-passing <share>', 'recorded failures that pass again', '0')
  .option('--haste <factor>', 'reruns are that many times faster', '1')
  .action(serve);

program
  .command('catalog')
  .description('print the catalog entities of the organisation')
  .option('--member <user:team>', 'a user who belongs to a team')
  .action(({ member }: { member?: string }) => {
    process.stdout.write(writeCatalog({ member: memberOf(member) }));
  });

program.parseAsync().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
