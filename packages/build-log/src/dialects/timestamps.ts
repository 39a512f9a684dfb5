/** A runner's timestamp at the start of a line. */
export type LeadingTime = {
  /** Offsets of the ISO 8601 instant in the line. */
  from: number;
  to: number;
  /** Bytes up to the text. */
  length: number;
  dialect: 'github-actions' | 'gitlab' | 'jenkins' | 'taskcluster';
};

const DIGITS = Buffer.from('0000-00-00T00:00:00');
const BRACKETED = ['[task ', '[taskcluster ', '[taskcluster:error ', '['].map(
  opening => Buffer.from(opening),
);
const found: LeadingTime = {
  ...{ from: 0, to: 0, length: 0, dialect: 'jenkins' },
};

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function looksLikeIso(bytes: Uint8Array, offset: number, end: number): boolean {
  if (end < offset + DIGITS.length) {
    return false;
  }
  for (let index = 0; index < DIGITS.length; index += 1) {
    const code = bytes[offset + index];
    const form = DIGITS[index];
    if (form === 0x30 ? !isDigit(code) : code !== form) {
      return false;
    }
  }
  return true;
}

/** End of `.123Z` after the seconds, or -1 when it is not UTC. */
function endOfZulu(bytes: Uint8Array, offset: number, end: number): number {
  let index = offset;
  if (index < end && bytes[index] === 0x2e) {
    index += 1;
    while (index < end && isDigit(bytes[index])) {
      index += 1;
    }
  }
  return index < end && bytes[index] === 0x5a ? index + 1 : -1;
}

/** GitLab's `00O ` or `00E+` after the time: two hexadecimal digits and the stream. */
function hasStreamMark(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 3 >= end + 1) {
    return false;
  }
  const stream = bytes[at + 2];
  const rest = at + 3 < end ? bytes[at + 3] : 0x20;
  return (
    (stream === 0x4f || stream === 0x45) &&
    (rest === 0x20 || rest === 0x2b) &&
    (isDigit(bytes[at]) || (bytes[at] >= 0x61 && bytes[at] <= 0x66)) &&
    (isDigit(bytes[at + 1]) || (bytes[at + 1] >= 0x61 && bytes[at + 1] <= 0x66))
  );
}

/**
 * Reads the timestamp that a CI system itself puts before each line: GitHub's
 * `2024-01-01T00:00:00.0000000Z `, GitLab's with its stream marker
 * (`... 00O `), Taskcluster's `[task ...] ` and Jenkins' `[...] `. The result is
 * valid until the next call.
 */
export function readLeadingTime(
  bytes: Uint8Array,
  start: number,
  end: number,
): LeadingTime | undefined {
  if (start >= end) {
    return undefined;
  }
  const first = bytes[start];
  if (isDigit(first)) {
    if (!looksLikeIso(bytes, start, end)) {
      return undefined;
    }
    const to = endOfZulu(bytes, start + DIGITS.length, end);
    if (to === -1 || (to < end && bytes[to] !== 0x20)) {
      return undefined;
    }
    found.from = 0;
    found.to = to - start;
    found.length = Math.min(end, to + 1) - start;
    found.dialect = 'github-actions';
    if (hasStreamMark(bytes, to + 1, end)) {
      found.length = Math.min(end, to + 5) - start;
      found.dialect = 'gitlab';
    }
    return found;
  }
  if (first !== 0x5b) {
    return undefined;
  }
  for (const opening of BRACKETED) {
    if (startsWith(bytes, start, end, opening)) {
      const from = start + opening.length;
      if (looksLikeIso(bytes, from, end)) {
        const to = endOfZulu(bytes, from + DIGITS.length, end);
        if (to !== -1 && to < end && bytes[to] === 0x5d) {
          found.from = from - start;
          found.to = to - start;
          found.length = (bytes[to + 1] === 0x20 ? to + 2 : to + 1) - start;
          found.length = Math.min(found.length, end - start);
          found.dialect = opening.length === 1 ? 'jenkins' : 'taskcluster';
          return found;
        }
      }
    }
  }
  return undefined;
}

function startsWith(
  bytes: Uint8Array,
  start: number,
  end: number,
  opening: Uint8Array,
): boolean {
  if (end - start < opening.length) {
    return false;
  }
  for (let index = 0; index < opening.length; index += 1) {
    if (bytes[start + index] !== opening[index]) {
      return false;
    }
  }
  return true;
}
