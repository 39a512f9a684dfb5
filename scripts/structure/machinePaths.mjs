import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path/posix';

/** What stands in somebody's folder and nowhere else. Paths of CI runners are meant. */
const machinePath =
  /(?<![\w.~-])\/(?:work\/\w|root\/\w|(?:home|Users)\/(?!runner\b|\W)\w)[^\s'"`]*/;

const text = /^\.(tsx?|[cm]?jsx?|json|md|ya?ml|sh|py|css|html)$/;

/** Where recorded logs lie, and folders that are made. */
const foreign =
  /^(node_modules|dist|dist-types|coverage|site|recordings|record|__fixtures__|yarn\.lock)$/;

/**
 * Comments, code and documentation name no folder of one machine. Tests may:
 * logs are full of such paths.
 *
 * @param files - contents by path from the root
 */
export function machinePaths(files) {
  return Object.entries(files)
    .filter(([path]) => !/\.test\.\w+$/.test(path))
    .flatMap(([path, content]) =>
      content.split('\n').flatMap((line, index) => {
        const [found] = line.match(machinePath) ?? [];
        return found ? [`${path}:${index + 1} names ${found}`] : [];
      }),
    );
}

/** All text files of the repository, by path from its root. */
export function readTexts(root, folder = '') {
  const files = {};
  for (const entry of readdirSync(join(root, folder), {
    withFileTypes: true,
  })) {
    const path = join(folder, entry.name);
    const isMade = foreign.test(entry.name);
    const isHidden = /^\.(?!ci$|github$|changeset$)/.test(entry.name);
    if (isMade || isHidden) {
      continue;
    }
    if (entry.isDirectory()) {
      Object.assign(files, readTexts(root, path));
    } else if (text.test(extname(entry.name)) || folder === '.ci') {
      files[path] = readFileSync(join(root, path), 'utf8');
    }
  }
  return files;
}
