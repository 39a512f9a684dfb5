import { createHash } from 'crypto';

/** The name that git gives an object. */
export function objectName(type: string, content: Buffer): string {
  return createHash('sha1')
    .update(`${type} ${content.length}\0`)
    .update(content)
    .digest('hex');
}

/** Files by path, with the names of their blobs. */
export type Tree = ReadonlyMap<string, string>;

/** A tree object and those below it, by name. */
export type TreeObjects = { name: string; objects: Map<string, Buffer> };

/** Writes the files of a commit as git's tree objects. */
export function writeTrees(tree: Tree): TreeObjects {
  const objects = new Map<string, Buffer>();
  const write = (files: Array<[string[], string]>): string => {
    const folders = new Map<string, Array<[string[], string]>>();
    const entries: Array<{ mode: string; name: string; object: string }> = [];
    for (const [[first, ...rest], object] of files) {
      if (rest.length === 0) {
        entries.push({ mode: '100644', name: first, object });
      } else {
        const inFolder = folders.get(first) ?? [];
        inFolder.push([rest, object]);
        folders.set(first, inFolder);
      }
    }
    for (const [name, below] of folders) {
      entries.push({ mode: '40000', name, object: write(below) });
    }
    // Git orders folders as if their names ended in a slash.
    const key = (entry: { mode: string; name: string }) =>
      entry.mode === '40000' ? `${entry.name}/` : entry.name;
    entries.sort((one, other) => (key(one) < key(other) ? -1 : 1));
    const content = Buffer.concat(
      entries.flatMap(({ mode, name, object }) => [
        Buffer.from(`${mode} ${name}\0`),
        Buffer.from(object, 'hex'),
      ]),
    );
    const name = objectName('tree', content);
    objects.set(name, content);
    return name;
  };
  const name = write(
    [...tree].map(([path, object]) => [path.split('/'), object]),
  );
  return { name, objects };
}

/** A commit object as git writes it. */
export function writeCommit(commit: {
  tree: string;
  parents: string[];
  author: { name: string; email: string };
  at: number;
  message: string;
}): Buffer {
  const { tree, parents, author, at, message } = commit;
  const person = `${author.name} <${author.email}> ${Math.floor(
    at / 1000,
  )} +0000`;
  const lines = [
    `tree ${tree}`,
    ...parents.map(parent => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n\n${message}\n`);
}
