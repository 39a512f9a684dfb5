import { readFile } from 'node:fs/promises';
import { runCommand } from './runCommand.mjs';

const tools = [
  { name: 'python3', programs: ['python3', 'python'] },
  { name: 'make', programs: ['make', 'gmake'] },
  { name: 'a C++ compiler', programs: ['c++', 'g++', 'clang++'] },
];

/** One sentence about why Yarn stopped, as far as its output tells. */
export async function explainInstallFailure({ output, env }) {
  const buildLog = output.match(/logs can be found here: (\S+?\.log)/)?.[1];
  const log = buildLog ? await readFile(buildLog, 'utf8').catch(() => '') : '';
  const text = output + log;
  if (/ENOSPC|no space left on device/i.test(text)) {
    return 'The disk is full: free about 4 GB and run the same command again.';
  }
  if (buildLog) {
    return explainBuildFailure({ log, buildLog, missing: await missing(env) });
  }
  if (/YN0028/.test(output)) {
    return 'yarn.lock does not belong to these package.json files: run "yarn install" and commit the changed yarn.lock.';
  }
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET/.test(text)) {
    return 'The packages cannot be fetched because the registry cannot be reached: check the network connection or the proxy and run the same command again.';
  }
  return `Yarn could not install the dependencies; all it said is in .data/logs/install.log, the end of it:\n${output
    .trim()
    .split('\n')
    .filter(line => !/YN0086|YN0004/.test(line))
    .slice(-15)
    .join('\n')}`;
}

function explainBuildFailure({ log, buildLog, missing: names }) {
  if (names.length > 0) {
    return `The SQLite driver has to be compiled here and ${names.join(
      ' and ',
    )} ${
      names.length > 1 ? 'are' : 'is'
    } missing: install the build tools (Debian, Ubuntu: apt-get install -y python3 make g++; macOS: xcode-select --install) and run the same command again.`;
  }
  return `The SQLite driver could not be compiled; the whole log is ${buildLog}, the end of it:\n${log
    .trim()
    .split('\n')
    .slice(-12)
    .join('\n')}`;
}

async function missing(env) {
  const names = [];
  for (const { name, programs } of tools) {
    const found = await Promise.all(
      programs.map(program => runCommand(program, ['--version'], { env })),
    );
    if (found.every(({ code }) => code !== 0)) {
      names.push(name);
    }
  }
  return names;
}
