import { JSONParser } from '@streamparser/json';
import { AddPackage, Format } from '../types';

type OldEntry = { version?: unknown; dependencies?: unknown };

const MOST_LEVELS = 50;
const FOLDER = 'node_modules/';

/** `package-lock.json` of all versions: a flat list of folders, or before that a tree. */
export const npm: Format = add => {
  const parser = new JSONParser({
    paths: ['$.packages.*', '$.dependencies.*'],
    keepStack: false,
    // Long texts are put together in a buffer, which is many times faster.
    stringBufferSize: 64 * 1024,
  });
  parser.onValue = ({ key, value, stack }) => {
    const name = String(key);
    if (stack.at(-1)?.key === 'dependencies') {
      addTree(name, value as OldEntry, add, 0);
    } else if (name.includes(FOLDER)) {
      const { version } = (value ?? {}) as OldEntry;
      const start = name.lastIndexOf(FOLDER) + FOLDER.length;
      add(name.slice(start), typeof version === 'string' ? version : '');
    }
  };
  return {
    write: text => {
      parser.write(text);
    },
    end: () => {
      if (!parser.isEnded) {
        throw new Error('it ends too early');
      }
    },
  };
};

function addTree(
  name: string,
  entry: OldEntry,
  add: AddPackage,
  level: number,
) {
  if (typeof entry !== 'object' || entry === null || level > MOST_LEVELS) {
    return;
  }
  add(name, typeof entry.version === 'string' ? entry.version : '');
  const inside = entry.dependencies;
  if (typeof inside === 'object' && inside !== null) {
    for (const [key, value] of Object.entries(inside)) {
      addTree(key, value as OldEntry, add, level + 1);
    }
  }
}
