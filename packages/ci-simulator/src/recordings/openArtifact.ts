import { readdir, stat } from 'fs/promises';
import { join } from 'path';
import { Content, NamedContent } from '../world/model';
import { openFile } from './openFile';
import { zipFiles } from './zipFiles';

/**
 * An artifact from a recording: a zip archive as it is, or a folder, which is
 * packed each time it is asked for.
 *
 * @param at - the time that the files in a packed folder get
 * @throws when there is nothing at the path
 */
export async function openArtifact(
  path: string,
  at: number,
): Promise<{ size: number; archive: Content }> {
  const info = await stat(path);
  if (info.isFile()) {
    return { size: info.size, archive: { open: () => openFile(path) } };
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const sizes = await Promise.all(paths.map(async each => stat(each)));
  const files = paths.map<NamedContent>(each => ({
    name: each.slice(path.length + 1).replaceAll('\\', '/'),
    open: () => openFile(each, { unpack: false }),
  }));
  return {
    size: sizes.reduce((sum, each) => sum + each.size, 0),
    archive: { open: async () => zipFiles(files, at) },
  };
}
