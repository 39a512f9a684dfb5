import { spawn } from 'child_process';
import { createInterface } from 'readline';
import { resolve } from 'path';

// eslint-disable-next-line no-restricted-syntax -- this package is run from its sources
const CLI = resolve(__dirname, '../../../build-log/src/cli/cli.ts');
// eslint-disable-next-line no-restricted-syntax -- this package is run from its sources
const MEASURES = resolve(__dirname, 'reportUsage.ts');

const SMALL = ['--max-old-space-size=192', '--max-semi-space-size=8'];

/** What a command cost. */
export type Usage = {
  /** As a clock on the wall shows it. */
  seconds: number;
  /** Of all processor cores, in user and kernel mode. */
  cpuSeconds: number;
  /** The most memory that was resident at once. */
  megabytes: number;
};

/** Runs the command `build-log` in a process of its own, as its users do; each line that it prints goes to `onLine`. */
export async function runBuildLog(
  args: string[],
  onLine?: (line: string) => void,
): Promise<Usage> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      // As the script of the repository has it; only learning holds all logs.
      ...(args[0] === 'learn' ? [] : SMALL),
      ...['--import', 'tsx', '--import', MEASURES, CLI, ...args],
    ],
    { stdio: ['ignore', onLine ? 'pipe' : 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr!.on('data', chunk => {
    errors = (errors + chunk).slice(-10_000);
  });
  const closed = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  if (onLine) {
    for await (const line of createInterface({ input: child.stdout! })) {
      onLine(line);
    }
  }
  const code = await closed;
  const seconds = (performance.now() - started) / 1000;
  const usage = /^usage (\{.*\})$/m.exec(errors)?.[1];
  if (code !== 0 || usage === undefined) {
    throw new Error(`build-log ${args[0]} failed (${code}): ${errors}`);
  }
  return { seconds, ...JSON.parse(usage) };
}
