/** A file that a failure names, with a line of it. */
export type NamedFile = { path: string; line?: number; logLine?: number };

const MOST_FILES = 100;
/** The end of a path, such as `src/order.ts:12` or `(Herd.java:9)`. */
const FILE =
  /((?:[\w@.+-]{1,100}\/){0,20}[\w@+-][\w@.+-]{0,100}\.[A-Za-z]\w{0,8})(?:[:(](\d{1,6}))?/g;
/** What looks like a file and is a version, an address or a package. */
const NOT_A_FILE =
  /^(?:v?\d[\w.]*|www\..*)$|\.(?:com|org|io|net|dev|example)$/i;

/** Files that lines of a log name. Bounded in every way: the lines are hostile. */
export function namedFiles(
  lines: { number: number; text: string }[],
): NamedFile[] {
  const files = new Map<string, NamedFile>();
  for (const { number, text } of lines) {
    for (const [, path, line] of text.slice(0, 2_000).matchAll(FILE)) {
      const key = `${path}:${line ?? ''}`;
      if (!NOT_A_FILE.test(path) && !files.has(key)) {
        files.set(key, {
          path: path.replace(/^(\.\/)+/, ''),
          ...(line && { line: Number(line) }),
          logLine: number,
        });
      }
      if (files.size >= MOST_FILES) {
        return [...files.values()];
      }
    }
  }
  return [...files.values()];
}

/** Whether a path of the repository and a path as a log has it are the same file: one ends with the other. */
export function isSameFile(path: string, named: string): boolean {
  return (
    path === named || named.endsWith(`/${path}`) || path.endsWith(`/${named}`)
  );
}

/** Whether both are of one module: a folder, or a test and what it tests. */
export function isSameModule(path: string, named: string): boolean {
  const folder = (text: string) => text.slice(0, text.lastIndexOf('/') + 1);
  const deepest = folder(named);
  return (
    (deepest !== '' &&
      folder(path) !== '' &&
      isSameFile(folder(path), deepest)) ||
    (stemOf(path).length > 3 && stemOf(path) === stemOf(named))
  );
}

/** `tests/test_order.py` and `src/order.ts` are both about `order`. */
function stemOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[^.]{1,10}$/, '')
    .replace(/[._-]?(?:test|spec|tests|it)$/i, '')
    .replace(/^(?:test|spec)[._-]?/i, '')
    .toLowerCase();
}
