import { createHash } from 'node:crypto';
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../toolchain/Advice.mjs';
import { fromRoot } from '../toolchain/paths.mjs';
import { runCommand } from '../toolchain/runCommand.mjs';

const stampFile = fromRoot('packages', 'app', 'dist', '.built-from');

/**
 * Builds the web app, unless it was built from exactly these sources before.
 *
 * Serving a built app is what a portal does, and the page is there at once; a
 * development server would translate the sources at every start.
 */
export async function buildApp({ toolchain, say }) {
  const stamp = digest();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  say('Building the web app (again only when its sources change)');
  const { code, output } = await runCommand(
    toolchain.node,
    [
      fromRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      ...['package', 'build', '--config', fromRoot('app-config.yaml')],
    ],
    {
      cwd: fromRoot('packages', 'app'),
      env: { ...toolchain.env, NODE_ENV: 'production' },
    },
  );
  if (code !== 0) {
    throw new Advice(`The web app could not be built:\n${output.slice(-4000)}`);
  }
  writeFileSync(stampFile, stamp);
}

/** Covers the app, the workspace packages in it, and what configures the build. */
function digest() {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', 'app-config.yaml']) {
    hash.update(readFileSync(fromRoot(file)));
  }
  for (const folder of foldersOfApp()) {
    addFolder(hash, folder);
  }
  return hash.digest('hex');
}

function foldersOfApp() {
  const folders = new Map();
  for (const parent of ['packages', 'plugins']) {
    for (const name of readdirSync(fromRoot(parent))) {
      const folder = fromRoot(parent, name);
      if (existsSync(join(folder, 'package.json'))) {
        folders.set(manifest(folder).name, folder);
      }
    }
  }
  const found = new Set();
  const visit = folder => {
    if (!folder || found.has(folder)) {
      return;
    }
    found.add(folder);
    Object.keys(manifest(folder).dependencies ?? {}).forEach(name =>
      visit(folders.get(name)),
    );
  };
  visit(fromRoot('packages', 'app'));
  return [...found].sort();
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function addFolder(hash, folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (/^(node_modules|dist|dist-types|e2e-tests|dev|coverage)$/.test(name)) {
      continue;
    }
    if (statSync(path).isDirectory()) {
      addFolder(hash, path);
    } else if (!/\.test\.tsx?$|\.md$/.test(name)) {
      hash.update(`${path.slice(fromRoot('.').length)}\n`);
      hash.update(readFileSync(path));
    }
  }
}
