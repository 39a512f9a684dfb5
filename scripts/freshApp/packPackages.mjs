import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../toolchain/paths.mjs';

/**
 * Packs every package that is published, as it would be published.
 *
 * @returns the archives by package name
 */
export async function packPackages({ run, yarn, folder }) {
  mkdirSync(folder, { recursive: true });
  await run([...yarn, 'tsc'], { cwd: fromRoot('.') });
  const archives = {};
  for (const { path, name } of publishedPackages()) {
    await run([...yarn, 'backstage-cli', 'package', 'build'], { cwd: path });
    const archive = join(folder, `${name.replace(/[@/]+/g, '-').slice(1)}.tgz`);
    // Rewrites package.json before and restores it after.
    try {
      await run([...yarn, 'pack', '--out', archive], { cwd: path });
    } catch (error) {
      await run([...yarn, 'run', 'postpack'], { cwd: path }).catch(() => {});
      throw error;
    }
    archives[name] = archive;
  }
  return archives;
}

/** Packages that an adopter can install, and the folders that they lie in. */
function publishedPackages() {
  return ['packages', 'plugins']
    .flatMap(parent =>
      readdirSync(fromRoot(parent)).map(name => fromRoot(parent, name)),
    )
    .filter(path => existsSync(join(path, 'package.json')))
    .map(path => ({
      path,
      ...JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
    }))
    .filter(one => !one.private);
}
