import { LogRangeReason } from '../types';

/** What the explanation knows of one line. */
export type LineRecord = {
  number: number;
  /** How much the line explains by itself, 0 to 100; see the rules of tools. */
  weight: number;
  reason: LogRangeReason;
  /** Passing runs print it: 1, do not: -1, not known: 0. */
  passing: number;
  shape: LineShapeCode;
  /** Columns of indentation, at most 60. */
  indent: number;
  length: number;
  /** The CI system marks the line: 2 as an error, 1 as a warning, -1 as a command. */
  mark: number;
  /** How often a line of the same template came before, at most 255. */
  seen: number;
  /** Lines since the CI system last began or ended a step or a group. */
  sinceMarker: number;
  /** Redacted text, of lines that have a weight. */
  text?: string;
};

/** What a line looks like from its first bytes. */
export const LineShape = {
  text: 0,
  blank: 1,
  /** `at …`, `File "…"`, `... 7 more`. */
  frame: 2,
  /** A quotation of source: `12 | …`, `> …`, `^~~`. */
  quote: 3,
  /** `+ …` or `- …`, as in a difference. */
  difference: 4,
  bullet: 5,
  rule: 6,
} as const;
export type LineShapeCode = (typeof LineShape)[keyof typeof LineShape];

const SPACE = 0x20;

/** Reads shape and indentation from bytes, so that most lines need no string. */
export function shapeOf(
  bytes: Uint8Array,
  start: number,
  end: number,
): { shape: LineShapeCode; indent: number } {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === 9)) {
    at += 1;
  }
  const indent = Math.min(at - start, 60);
  if (at === end) {
    return { shape: LineShape.blank, indent };
  }
  const code = bytes[at];
  const next = bytes[at + 1];
  switch (code) {
    case 0x61: // at
      return {
        shape:
          next === 0x74 && bytes[at + 2] === SPACE && indent > 0
            ? LineShape.frame
            : LineShape.text,
        indent,
      };
    case 0x46: // File "
      return {
        shape:
          indent > 0 && bytes[at + 4] === SPACE && bytes[at + 5] === 0x22
            ? LineShape.frame
            : LineShape.text,
        indent,
      };
    case 0x2e: // ... 7 more
      return {
        shape: next === code && indent > 0 ? LineShape.frame : LineShape.text,
        indent,
      };
    case 0x7c: // |
    case 0x5e: // ^
    case 0x3e: // >
    case 0x7e: // ~
      return { shape: LineShape.quote, indent };
    case 0x2b: // +
    case 0x2d: // -
      return {
        shape:
          next === code && bytes[at + 2] === code
            ? LineShape.rule
            : LineShape.difference,
        indent,
      };
    case 0x3d: // =
    case 0x5f: // _
    case 0x2a: // *
    case 0x23: // #
      return {
        shape:
          next === code && bytes[at + 2] === code
            ? LineShape.rule
            : LineShape.bullet,
        indent,
      };
    default:
      break;
  }
  if (code >= 0x30 && code <= 0x39) {
    let digit = at;
    while (digit < end && bytes[digit] >= 0x30 && bytes[digit] <= 0x39) {
      digit += 1;
    }
    while (digit < end && bytes[digit] === SPACE) {
      digit += 1;
    }
    if (bytes[digit] === 0x7c && digit < end) {
      return { shape: LineShape.quote, indent };
    }
  }
  return { shape: LineShape.text, indent };
}
