import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installSystemPackages } from './systemPackages.mjs';

const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];

/**
 * The browser for the end-to-end tests: the one that `CHROMIUM` names, the
 * system's, or the system's after it was installed.
 */
export async function findChromium({ say }) {
  if (process.env.CHROMIUM) {
    return process.env.CHROMIUM;
  }
  if (!onPath()) {
    await installSystemPackages({
      packages: ['chromium'],
      what: 'The browser suite',
      say,
    });
  }
  return onPath() ?? '/usr/bin/chromium';
}

function onPath() {
  const folders = [...process.env.PATH.split(delimiter), '/usr/bin'];
  return programs
    .flatMap(program => folders.map(folder => join(folder, program)))
    .concat('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
