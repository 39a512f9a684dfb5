import { ChangedFile } from '../world/model';

const CONTEXT = 3;

/** What happened to a file, with its diff as one hunk. */
export function changedFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
): ChangedFile {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let start = 0;
  while (
    start < Math.min(old.length, fresh.length) &&
    old[start] === fresh[start]
  ) {
    start++;
  }
  let end = 0;
  while (
    end < Math.min(old.length, fresh.length) - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end++;
  }
  const removed = old.slice(start, old.length - end);
  const added = fresh.slice(start, fresh.length - end);
  const from = Math.max(0, start - CONTEXT);
  const head = old.slice(from, start);
  const tail = old.slice(old.length - end, old.length - end + CONTEXT);
  const range = (count: number) => {
    const length = head.length + count + tail.length;
    return length === 0 ? '0,0' : `${from + 1},${length}`;
  };
  const patch = [
    `@@ -${range(removed.length)} +${range(added.length)} @@`,
    ...head.map(line => ` ${line}`),
    ...removed.map(line => `-${line}`),
    ...added.map(line => `+${line}`),
    ...tail.map(line => ` ${line}`),
  ].join('\n');
  const kind = after === undefined ? ('removed' as const) : undefined;
  return {
    path,
    status: before === undefined ? 'added' : kind ?? 'modified',
    additions: added.length,
    deletions: removed.length,
    patch,
  };
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.replace(/\n$/, '').split('\n');
}
