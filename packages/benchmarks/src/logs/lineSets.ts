/** Both ends inclusive. */
export type Lines = readonly [start: number, end: number];

/** All lines of ranges, none twice. */
export function linesOf(ranges: readonly Lines[]): Set<number> {
  const lines = new Set<number>();
  for (const [start, end] of ranges) {
    for (let line = start; line <= end; line += 1) {
      lines.add(line);
    }
  }
  return lines;
}

/** How many lines of one set are in the other. */
export function shared(left: Set<number>, right: Set<number>): number {
  let count = 0;
  for (const line of left) {
    count += right.has(line) ? 1 : 0;
  }
  return count;
}

/** The harmonic mean of precision and recall. */
export function agreement(said: Set<number>, truth: Set<number>): number {
  const size = said.size + truth.size;
  return size === 0 ? 1 : (2 * shared(said, truth)) / size;
}
