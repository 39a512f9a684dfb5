import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and keeps what it says.
 *
 * @returns its exit code (127 when it cannot be started) and its output, both
 *   streams in the order in which they came
 */
export function runCommand(command, args, options = {}) {
  const { onLine, ...spawnOptions } = options;
  return new Promise(resolve => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...spawnOptions,
    });
    let output = '';
    let rest = '';
    const take = chunk => {
      output += chunk;
      if (onLine) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        lines.forEach(onLine);
      }
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.once('error', error =>
      resolve({ code: 127, output: output + error.message }),
    );
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 128 : 1), signal, output }),
    );
  });
}
