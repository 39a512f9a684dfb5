import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../toolchain/paths.mjs';
import { runNpm } from '../toolchain/npm.mjs';
import { editFile } from './editFile.mjs';
import { readSteps } from './readmeSteps.mjs';

/** The version that belongs to the Backstage of backstage.json. */
const createApp = '@backstage/create-app@0.9.2';

/** Creates a Backstage app as its documentation says, without installing it. */
export async function createFreshApp({ folder, legacy, env }) {
  const { code, output } = await runNpm(
    [
      ...['exec', '--yes', '--ignore-scripts', `--package=${createApp}`, '--'],
      ...['backstage-create-app', '--skip-install', '--path', folder],
      ...(legacy ? ['--legacy'] : []),
    ],
    { cwd: folder, env: { ...env, BACKSTAGE_APP_NAME: 'fresh-app' } },
  );
  if (code !== 0) {
    throw new Error(`${createApp} failed:\n${output.slice(-3000)}`);
  }
  const read = file => JSON.parse(readFileSync(file, 'utf8')).version;
  const wanted = read(fromRoot('backstage.json'));
  const made = read(join(folder, 'backstage.json'));
  if (wanted.split('.')[1] !== made.split('.')[1]) {
    throw new Error(`The fresh app is Backstage ${made}, not ${wanted}`);
  }
}

/**
 * Does what the README says, with packed archives in place of the registry.
 *
 * @param archives - paths by package name
 */
export async function followReadme({ folder, legacy, archives, run, yarn }) {
  const manifestFile = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const local = Object.fromEntries(
    Object.entries(archives).map(([name, path]) => [name, `file:${path}`]),
  );
  manifest.resolutions = { ...manifest.resolutions, ...pins(), ...local };
  writeFileSync(manifestFile, `${JSON.stringify(manifest, undefined, 2)}\n`);
  // Backstage's own dependencies in the versions that this repository has: not
  // every registry has the newest ones of all of them. Yarn drops the rest.
  copyFileSync(fromRoot('yarn.lock'), join(folder, 'yarn.lock'));

  const text = readFileSync(fromRoot('README.md'), 'utf8');
  for (const step of readSteps(text, legacy ? 'legacy' : 'new')) {
    if (step.command) {
      const [program, ...args] = step.command.split(/\s+/);
      if (program !== 'yarn') {
        throw new Error(`Not a step that can be followed: ${step.command}`);
      }
      await run([...yarn, ...args.map(arg => withArchive(arg, local))], {
        cwd: folder,
      });
    } else {
      const path = join(folder, step.file);
      const content = readFileSync(path, 'utf8');
      writeFileSync(path, editFile({ ...step, content }));
    }
  }
}

/**
 * Versions that this repository pins as well. They concern Backstage's own
 * dependencies: the newest ones do not install from every registry.
 */
function pins() {
  return JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).resolutions;
}

function withArchive(argument, local) {
  return argument in local ? `${argument}@${local[argument]}` : argument;
}
