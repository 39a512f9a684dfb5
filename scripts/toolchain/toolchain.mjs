import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { Advice } from './Advice.mjs';
import { requireDiskSpace } from './diskSpace.mjs';
import { runNpm } from './npm.mjs';
import { fromRoot } from './paths.mjs';
import { nodeFits, nodeVersion, yarnVersion } from './versions.mjs';

const folder = fromRoot('.toolchain');

/**
 * Finds Node.js and Yarn that fit, or fetches them into `.toolchain/`.
 *
 * @returns `node`: the program to run the project with; `yarn`: the words that
 *   start Yarn; `env`: the environment for everything that is run with them
 */
export async function prepareToolchain({ say }) {
  if (process.platform === 'win32') {
    throw new Advice(
      'Windows is not supported directly: run this in the Windows Subsystem for Linux.',
    );
  }
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const ownNode = nodeFits(process.versions.node);
  const ownYarn = startedByYarn();
  const wanted = {
    ...(ownNode ? {} : { [nodePackage]: nodeVersion }),
    ...(ownYarn ? {} : { '@yarnpkg/cli-dist': yarnVersion() }),
  };
  await fetchMissing(wanted, say);

  const node = ownNode
    ? process.execPath
    : join(folder, 'node_modules', nodePackage, 'bin', 'node');
  const yarnProgram = ownYarn
    ? process.env.npm_execpath
    : join(folder, 'node_modules', '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');
  const binaries = await writeShims({ node, yarnProgram });
  return {
    node,
    yarn: [node, yarnProgram],
    env: environment({ node, binaries, ownYarn }),
  };
}

function startedByYarn() {
  return (
    /^yarn\/4\./.test(process.env.npm_config_user_agent ?? '') &&
    existsSync(process.env.npm_execpath ?? '')
  );
}

async function fetchMissing(wanted, say) {
  const missing = Object.entries(wanted).filter(
    ([name, version]) => installedVersion(name) !== version,
  );
  await mkdir(folder, { recursive: true });
  if (missing.length === 0) {
    return;
  }
  const specs = missing.map(([name, version]) => `${name}@${version}`);
  say(`Fetching ${specs.join(' and ')} into .toolchain (once)`);
  await requireDiskSpace({ folder, gigabytes: 0.4, what: 'Node.js and Yarn' });
  // npm removes what its manifest does not name.
  const dependencies = { ...fetchedBefore(), ...wanted };
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`,
  );
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await runNpm(
    ['install', '--prefix', folder, '--no-package-lock', ...flags],
    { cwd: folder },
  );
  if (code !== 0) {
    throw new Advice(explainFetchFailure({ specs, output }));
  }
}

function fetchedBefore() {
  return Object.fromEntries(
    [`node-${process.platform}-${process.arch}`, '@yarnpkg/cli-dist']
      .map(name => [name, installedVersion(name)])
      .filter(([, version]) => version),
  );
}

function explainFetchFailure({ specs, output }) {
  const what = specs.join(' and ');
  if (/ENOSPC/.test(output)) {
    return `The disk is full: free about 4 GB and run the same command again (npm could not store ${what}).`;
  }
  if (/E404|ETARGET|notsup/.test(output)) {
    return `Your npm registry has no ${what}: install Node.js ${nodeVersion} yourself, or point npm at a registry that has it (npm config set registry ADDRESS).`;
  }
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET/.test(output)) {
    return `The npm registry cannot be reached, so ${what} cannot be fetched: check the network connection or the proxy (npm config get registry) and run the same command again.`;
  }
  return `npm could not fetch ${what}:\n${output.trim().slice(-2000)}`;
}

function installedVersion(name) {
  try {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** Small programs called `node` and `yarn` that come first on the PATH. */
async function writeShims({ node, yarnProgram }) {
  const binaries = join(folder, 'bin');
  await mkdir(binaries, { recursive: true });
  const programs = {
    node: `exec "${node}" "$@"`,
    yarn: `exec "${node}" "${yarnProgram}" "$@"`,
  };
  for (const [name, line] of Object.entries(programs)) {
    const path = join(binaries, name);
    const content = `#!/bin/sh\n${line}\n`;
    if (!existsSync(path) || readFileSync(path, 'utf8') !== content) {
      await writeFile(path, content);
      await chmod(path, 0o755);
    }
  }
  return binaries;
}

function environment({ node, binaries, ownYarn }) {
  const env = { ...process.env };
  // What npm tells the scripts it starts must not reach the Yarn below it.
  for (const key of Object.keys(env)) {
    if (
      /^npm_(lifecycle|package|execpath|node_execpath|command)/.test(key) ||
      /^npm_config_(prefix|local_prefix|global_prefix|globalconfig|node_gyp|user_agent|init_module)$/.test(
        key,
      )
    ) {
      delete env[key];
    }
  }
  env.PATH = [binaries, fromRoot('node_modules', '.bin'), env.PATH].join(
    delimiter,
  );
  // Native modules are built against the headers of the Node.js that loads them.
  const nodeHome = dirname(dirname(node));
  if (existsSync(join(nodeHome, 'include', 'node', 'node_version.h'))) {
    env.npm_config_nodedir = nodeHome;
  } else {
    delete env.npm_config_nodedir;
  }
  env.npm_config_devdir = join(folder, 'node-gyp');
  env.npm_config_cache = join(folder, 'npm-cache');
  env.YARN_ENABLE_TELEMETRY = '0';
  if (!ownYarn) {
    env.YARN_GLOBAL_FOLDER ??= join(folder, 'yarn');
  }
  return env;
}
