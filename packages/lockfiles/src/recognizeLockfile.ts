import { cargo } from './formats/tomlPackages';
import { go } from './formats/go';
import { gradle } from './formats/gradle';
import { maven } from './formats/maven';
import { npm } from './formats/npm';
import { pnpm } from './formats/pnpm';
import { requirements } from './formats/requirements';
import { yarn } from './formats/yarn';
import { Format } from './types';

type KnownFile = { pattern: RegExp; ecosystem: string; format: Format };

/** The first that fits counts. */
const known: KnownFile[] = [
  {
    pattern: /^(package-lock|npm-shrinkwrap)\.json$/,
    ecosystem: 'npm',
    format: npm,
  },
  { pattern: /^yarn\.lock$/, ecosystem: 'npm', format: yarn },
  { pattern: /^pnpm-lock\.yaml$/, ecosystem: 'npm', format: pnpm },
  { pattern: /^pom\.xml$/, ecosystem: 'maven', format: maven },
  {
    pattern:
      /^((buildscript-)?gradle\.lockfile|[\w.-]{1,100}\.gradle(\.kts)?)$/,
    ecosystem: 'maven',
    format: gradle,
  },
  {
    pattern: /^(requirements|constraints)[\w.-]{0,100}\.txt$/,
    ecosystem: 'pip',
    format: requirements,
  },
  { pattern: /^(poetry|uv|pdm)\.lock$/, ecosystem: 'pip', format: cargo },
  { pattern: /^go\.mod$/, ecosystem: 'go', format: go },
  { pattern: /^Cargo\.lock$/, ecosystem: 'cargo', format: cargo },
];

/** How a file is read that may be a lockfile. */
export function formatOf(path: string): KnownFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return known.find(({ pattern }) => pattern.test(name));
}

/**
 * The ecosystem of a lockfile, such as `npm`; `undefined` for any other file.
 *
 * @public
 */
export function recognizeLockfile(path: string): string | undefined {
  return formatOf(path)?.ecosystem;
}
