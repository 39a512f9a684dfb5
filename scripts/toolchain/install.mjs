import { createHash } from 'node:crypto';
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Advice } from './Advice.mjs';
import { requireDiskSpace } from './diskSpace.mjs';
import { explainInstallFailure } from './explainInstallFailure.mjs';
import { fromRoot, root } from './paths.mjs';
import { registryForYarn } from './registry.mjs';
import { runCommand } from './runCommand.mjs';

const stampFile = fromRoot('node_modules', '.installed.json');

/**
 * Brings `node_modules` in line with the lockfile, if it is not yet.
 *
 * It is in line when a stamp from the last install says so, or when Yarn's own
 * state is younger than every file that decides what is installed.
 */
export async function installDependencies({ toolchain, say }) {
  const stamp = { wanted: wanted(), abi: process.versions.modules };
  if (hasStamp(stamp)) {
    return;
  }
  if (isYoungerThanManifests() && (await databaseDriverWorks(toolchain))) {
    writeFileSync(stampFile, JSON.stringify(stamp));
    return;
  }
  const first = !existsSync(fromRoot('node_modules'));
  say(
    first
      ? 'Installing the dependencies (once, a few minutes)'
      : 'Bringing the dependencies up to date',
  );
  await requireDiskSpace({
    folder: root,
    gigabytes: first ? 4 : 1,
    what: 'The install',
  });
  const registry = await registryForYarn(toolchain.yarn);
  const [command, ...args] = toolchain.yarn;
  const env = {
    ...toolchain.env,
    ...(registry ? { YARN_NPM_REGISTRY_SERVER: registry } : {}),
  };
  const { code, output } = await runCommand(
    command,
    [...args, 'install', '--immutable'],
    {
      cwd: root,
      env,
      onLine: line => {
        const step = line.match(/┌ (.*)$/)?.[1];
        if (step) {
          say(`  ${step}`);
        }
      },
    },
  );
  await mkdir(fromRoot('.data', 'logs'), { recursive: true });
  writeFileSync(fromRoot('.data', 'logs', 'install.log'), output);
  if (code !== 0) {
    throw new Advice(await explainInstallFailure({ output, env }));
  }
  if (!(await databaseDriverWorks(toolchain))) {
    throw new Advice(
      'The SQLite driver was built for another Node.js or system: delete node_modules/better-sqlite3 and run the same command again.',
    );
  }
  writeFileSync(stampFile, JSON.stringify(stamp));
}

function hasStamp(stamp) {
  try {
    return readFileSync(stampFile, 'utf8') === JSON.stringify(stamp);
  } catch {
    return false;
  }
}

/** Whether somebody ran Yarn by hand since the manifests changed. */
function isYoungerThanManifests() {
  const time = file => statSync(fromRoot(file)).mtimeMs;
  const state = 'node_modules/.yarn-state.yml';
  return (
    existsSync(fromRoot(state)) &&
    manifests().every(file => time(file) < time(state))
  );
}

function manifests() {
  const ofWorkspaces = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(fromRoot(folder))
      .map(name => `${folder}/${name}/package.json`)
      .filter(file => existsSync(fromRoot(file))),
  );
  return ['yarn.lock', '.yarnrc.yml', 'package.json', ...ofWorkspaces.sort()];
}

/** A digest of everything that decides what is installed. */
function wanted() {
  const hash = createHash('sha256');
  for (const file of manifests()) {
    hash.update(`${file}\n${relevantPart(file)}\n`);
  }
  return hash.digest('hex');
}

function relevantPart(file) {
  const content = readFileSync(fromRoot(file), 'utf8');
  if (!file.endsWith('package.json')) {
    return content;
  }
  const manifest = JSON.parse(content);
  const keys = Object.keys(manifest).filter(key =>
    /dependencies|resolutions|workspaces|^bin$|^name$/i.test(key),
  );
  return JSON.stringify(keys.sort().map(key => [key, manifest[key]]));
}

/** The only part that is compiled, so the one that can be wrong in silence. */
async function databaseDriverWorks({ node, env }) {
  const { code } = await runCommand(
    node,
    ['-e', "new (require('better-sqlite3'))(':memory:')"],
    { cwd: fromRoot('packages', 'backend'), env },
  );
  return code === 0;
}
