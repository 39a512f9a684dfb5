import { readdir, stat } from 'fs/promises';
import { basename, dirname, join, resolve } from 'path';

const ARCHIVE = /\.(zip|tar\.gz|tgz)$/i;

/**
 * The archives at the places given, in a fixed order and each once.
 *
 * @param places - archives, folders (searched to the bottom), or paths whose
 *   last part holds `*`
 * @throws when there is no archive at a place
 */
export async function findArchives(places: string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const place of places) {
    const paths = await archivesAt(resolve(place));
    if (paths.length === 0) {
      throw new Error(`No archive of logs at ${place}`);
    }
    paths.sort().forEach(path => found.add(path));
  }
  return [...found];
}

async function archivesAt(place: string): Promise<string[]> {
  if (basename(place).includes('*')) {
    const names = await readdir(dirname(place));
    return names
      .filter(name => fits(name, basename(place)) && ARCHIVE.test(name))
      .map(name => join(dirname(place), name));
  }
  if ((await stat(place)).isFile()) {
    return [place];
  }
  const entries = await readdir(place, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile() && ARCHIVE.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}

/** Whether a name has the parts of a pattern, in order and at both ends. */
function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop() ?? '';
  let position = first.length;
  for (const part of parts) {
    const next = name.indexOf(part, position);
    if (next < 0) {
      return false;
    }
    position = next + part.length;
  }
  return (
    name.startsWith(first) &&
    name.endsWith(last) &&
    position <= name.length - last.length
  );
}
