import { ChangedLines } from '@ci-medic/plugin-ci-medic-node';

const MOST_RANGES = 200;
const HUNK = /^@@ -\d{1,9}(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/;

/**
 * Lines that a patch adds, as the file has them afterwards. Where something was taken out only, the line that follows.
 */
export function changedLines(patch: string): ChangedLines[] {
  const ranges: ChangedLines[] = [];
  let line = 0;
  let isRemoval = false;
  const mark = (number: number) => {
    const last = ranges.at(-1);
    if (last && number <= last[1] + 1) {
      last[1] = Math.max(last[1], number);
    } else if (ranges.length < MOST_RANGES) {
      ranges.push([number, number]);
    }
  };
  for (const text of patch.split('\n')) {
    const hunk = HUNK.exec(text);
    if (hunk) {
      line = Number(hunk[1]);
      isRemoval = false;
    } else if (line === 0) {
      continue;
    } else if (text.startsWith('+')) {
      mark(line);
      line += 1;
      isRemoval = false;
    } else if (text.startsWith('-')) {
      isRemoval = true;
    } else if (!text.startsWith('\\')) {
      if (isRemoval) {
        mark(line);
        isRemoval = false;
      }
      line += 1;
    }
  }
  return ranges;
}
