import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { fromRoot } from '../toolchain/paths.mjs';
import { runCommand } from '../toolchain/runCommand.mjs';

const folder = fromRoot('.toolchain', 'techdocs');
const requirements = fromRoot('scripts', 'documentation', 'requirements.txt');
const mark = fromRoot('.toolchain', 'techdocs', 'installed');

/**
 * Makes sure that TechDocs can build pages: a Python environment of its own, in
 * an ignored folder.
 *
 * @returns the PATH with it, or a sentence that says what is missing; nothing
 *   else in the portal needs it
 */
export async function findDocsTools({ say, path = process.env.PATH }) {
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const installed = await readFile(mark, 'utf8').catch(() => undefined);
  if (installed !== wanted) {
    say('Setting up the generator of TechDocs (once)');
    const problem = await install(wanted);
    if (problem) {
      return { missing: problem };
    }
  }
  return { path: [`${folder}/bin`, path].join(delimiter) };
}

async function install(wanted) {
  await rm(folder, { recursive: true, force: true });
  const made = await runCommand('python3', ['-m', 'venv', folder]);
  if (made.code !== 0 || !existsSync(`${folder}/bin/pip`)) {
    await rm(folder, { recursive: true, force: true });
    return 'pages of playbooks are not built into TechDocs, because there is no Python 3 with venv (on Debian: python3-venv); the Playbooks tab shows them all the same';
  }
  const { code, output } = await runCommand(`${folder}/bin/pip`, [
    ...['install', '--quiet', '--disable-pip-version-check'],
    ...['--requirement', requirements],
  ]);
  if (code !== 0) {
    const reason = output.trim().split('\n').slice(-1)[0] ?? `code ${code}`;
    return `pages of playbooks are not built into TechDocs, because pip could not install their generator (${reason}); the Playbooks tab shows them all the same`;
  }
  await writeFile(mark, wanted);
  return undefined;
}
