import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Advice } from './Advice.mjs';
import { installDependencies } from './install.mjs';
import { interruption } from './interruption.mjs';
import { prepareToolchain } from './toolchain.mjs';
import { nodeFits, nodeRange } from './versions.mjs';

/**
 * Runs one of the project's commands on a machine that may have nothing but
 * Node.js and npm: the toolchain first, then the dependencies, then `main`,
 * under the Node.js that the project needs.
 */
export async function launch(main, { say }) {
  try {
    const toolchain = await prepareToolchain({ say });
    if (!nodeFits(process.versions.node)) {
      process.exitCode = await again(toolchain);
      return;
    }
    await installDependencies({ toolchain, say });
    // Whatever an interrupted command still waits for does not matter any more.
    process.exit((await main(toolchain)) ?? 0);
  } catch (error) {
    console.error(
      error instanceof Advice ? `\n${error.message}\n` : error.stack ?? error,
    );
    process.exit(1);
  }
}

/** The same command once more, under the fetched Node.js. */
function again({ node }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
    // A terminal sends Ctrl-C to both processes; the child decides when to end.
    interruption().then(signal => signal !== 'SIGINT' && child.kill(signal));
    child.once('error', () =>
      reject(
        new Advice(
          `The fetched Node.js does not run on this system: install Node.js ${nodeRange} yourself and run the same command again.`,
        ),
      ),
    );
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal]),
    );
  });
}
