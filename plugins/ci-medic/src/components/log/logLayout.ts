import { LogLine } from '@ci-medic/plugin-ci-medic-common';

/**
 * A row of a log on the screen: a line, or the heading of a foldable group.
 */
export type LogRow =
  | { kind: 'line'; line: LogLine; depth: number }
  | {
      kind: 'group';
      key: string;
      name: string;
      depth: number;
      /** Number of the first line in it. */
      start: number;
      /** Lines in it, as far as they are loaded. */
      size: number;
      folded: boolean;
    };

/**
 * Keys of the groups that a line is in, outermost first; a job's step is the outermost. A key does not depend on
 * which lines are loaded, so that what is folded stays folded when more lines come.
 */
export function groupKeys(line: LogLine): string[] {
  const path = groupPath(line);
  return path.map((_, depth) => path.slice(0, depth + 1).join('\u0000'));
}

/**
 * Puts a heading before the first line of each group and leaves out what is folded.
 */
export function layOutLog(
  lines: LogLine[],
  folded: ReadonlySet<string>,
): LogRow[] {
  const rows: LogRow[] = [];
  let open: Array<Extract<LogRow, { kind: 'group' }>> = [];
  for (const line of lines) {
    const path = groupPath(line);
    const keys = groupKeys(line);
    let shared = 0;
    while (shared < keys.length && open[shared]?.key === keys[shared]) {
      shared++;
    }
    open = open.slice(0, shared);
    for (let depth = shared; depth < keys.length; depth++) {
      const isHidden = open.some(group => group.folded);
      const group = {
        kind: 'group' as const,
        key: keys[depth],
        name: path[depth],
        depth,
        start: line.number,
        size: 0,
        folded: folded.has(keys[depth]),
      };
      open.push(group);
      if (!isHidden) {
        rows.push(group);
      }
    }
    for (const group of open) {
      group.size++;
    }
    if (!open.some(group => group.folded)) {
      rows.push({ kind: 'line', line, depth: keys.length });
    }
  }
  return rows;
}

function groupPath(line: LogLine): string[] {
  return [...(line.step ? [line.step] : []), ...(line.group ?? [])];
}
