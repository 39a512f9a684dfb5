import { readFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/**
 * The Node.js that is fetched when the running one does not fit. One exact
 * version, so that two machines do not differ by accident.
 */
export const nodeVersion = '22.23.3';

/** The Node.js versions that the project runs on. */
export const nodeRange = '22.12 or a later 22';

/** Yarn's version, as package.json names it. */
export function yarnVersion() {
  const { packageManager } = JSON.parse(
    readFileSync(fromRoot('package.json'), 'utf8'),
  );
  return packageManager.replace(/^yarn@/, '');
}

/**
 * Whether the project runs on this Node.js. Other lines are refused because
 * the native SQLite driver crashes on the newest Node.js 24.
 */
export function nodeFits(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 22 && minor >= 12;
}
