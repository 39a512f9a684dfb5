import { Command } from 'commander';

/** Each benchmark is a folder that is loaded only when it is asked for. */
const benchmarks: Record<string, () => Promise<{ command: Command }>> = {
  detection: () => import('./detection/command'),
  diagnosis: () => import('./diagnosis/command'),
  ingest: () => import('./ingest/command'),
  insights: () => import('./insights/command'),
  logs: () => import('./logs/command'),
  series: () => import('./series/command'),
  path: () => import('./path/command'),
  policy: () => import('./policy/command'),
  worth: () => import('./worth/command'),
};

async function main(): Promise<void> {
  const [name] = process.argv.slice(2);
  const program = new Command('benchmarks').description(
    'Score the packages on public data, and the whole system against the simulator',
  );
  const load = name === undefined ? undefined : benchmarks[name];
  if (load) {
    program.addCommand((await load()).command);
  } else {
    for (const one of Object.values(benchmarks)) {
      program.addCommand((await one()).command);
    }
  }
  await program.parseAsync();
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  // Servers that were started would keep the process.
  process.exit(1);
});
