import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/**
 * Paths of the archives of GitHub Actions among the public data.
 *
 * @throws Error when the data is not there.
 */
export function readArchives(data: string): string[] {
  const index = join(data, 'bump.jsonl');
  if (!existsSync(index)) {
    throw new Error(
      `There is no ${index}: say with --data where the public data is`,
    );
  }
  const bump = readFileSync(index, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
    .filter(({ ci, path }) => ci === 'github-actions' && path.endsWith('.zip'))
    .map(({ path }) => join(data, path));
  const example = join(data, 'ghalogs_example', 'log.tar.gz');
  return existsSync(example) ? [...bump, example] : bump;
}
