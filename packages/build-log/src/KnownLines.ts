import type { UserRuleMatch } from './rules/UserRules';
import type { LogLevel, LogRangeReason } from './types';
import type { ToolMatch } from './tools/ToolRecognizer';
import type { LineShapeCode } from './explain/LineRecord';

/** All that was learned from a line, but for where it stood. */
export type KnownLine = {
  first: number;
  second: number;
  length: number;
  weight: number;
  reason: LogRangeReason;
  mark: number;
  shape: LineShapeCode;
  indent: number;
  level: LogLevel;
  text?: string;
  match?: ToolMatch;
  userMatch?: UserRuleMatch;
  templateId: string;
  slot: number;
  fine?: number;
  mayHide: boolean;
  mayNamePackage: boolean;
  /** How often it came again. */
  repeats: number;
};

/** Of lines that say something, with their texts. */
const SLOTS = 1 << 16;
/** Of all others, as numbers. */
const PLAIN_SLOTS = 1 << 20;
/** Places at which a line may be; they lie side by side, so that a look at all of them costs one of the memory. */
const WAYS = 4;
/** 32-bit numbers of a line: both hashes, `fine`, slot and length, looks and mark. */
const STRIDE = 5;
const LONGEST = 60_000;
/** Characters of all texts that are kept. */
const MOST_TEXT = 24 * 1024 * 1024;
const PRIME = 2654435761;
const OTHER_PRIME = 1597334677;

/** Lines of which only numbers are kept. */
class PlainLines {
  readonly #lines = new Int32Array(PLAIN_SLOTS * STRIDE);
  /** The same for all: there are too many to make one for each. */
  readonly found: KnownLine = {
    ...{ first: 0, second: 0, length: 0, slot: 0, weight: 0, mark: 0 },
    ...{ shape: 0, indent: 0, fine: undefined, repeats: 1 },
    ...{ reason: 'end_of_log', level: 'info', templateId: '' },
    ...{ mayHide: false, mayNamePackage: false },
  };

  find(first: number, second: number, length: number): KnownLine | undefined {
    const lines = this.#lines;
    let at = placeOf(first);
    const end = at + WAYS * STRIDE;
    while (
      lines[at] !== first ||
      lines[at + 1] !== second ||
      lines[at + 3] >>> 16 !== length
    ) {
      at += STRIDE;
      if (at === end) {
        return undefined;
      }
    }
    const looks = lines[at + 4];
    const { found } = this;
    found.first = first;
    found.second = second;
    found.length = length;
    found.mark = looks >> 16;
    found.shape = (looks & 7) as LineShapeCode;
    found.indent = (looks >> 3) & 63;
    found.slot = lines[at + 3] & 0xffff;
    found.fine = (looks & 512) === 0 ? undefined : lines[at + 2] >>> 0;
    found.mayHide = (looks & 1024) !== 0;
    return found;
  }

  add(line: KnownLine): void {
    const { first, second, length, shape, indent, fine, mayHide, mark } = line;
    const lines = this.#lines;
    const start = placeOf(first);
    // Where all places are taken, one has to go; which one follows from the line.
    let at = start + ((second >>> 8) & (WAYS - 1)) * STRIDE;
    for (let way = 0; way < WAYS; way += 1) {
      const other = start + way * STRIDE;
      if (lines[other + 3] >>> 16 === 0) {
        at = other;
        break;
      }
    }
    const looks =
      shape |
      (indent << 3) |
      (fine === undefined ? 0 : 512) |
      (mayHide ? 1024 : 0);
    lines[at] = first;
    lines[at + 1] = second;
    lines[at + 2] = fine ?? 0;
    lines[at + 3] = line.slot | (length << 16);
    lines[at + 4] = looks | (mark << 16);
  }
}

function textOf(line: KnownLine | undefined): number {
  return line?.text?.length ?? 0;
}

function placeOf(first: number): number {
  return (first & (PLAIN_SLOTS - WAYS)) * STRIDE;
}

/**
 * Remembers lines, so that the same again costs one look at its bytes: in logs too long to read, most lines have been
 * there before. Of those that share their places the later is kept, as long as there is
 * room for its text: what is kept depends on the log alone.
 */
export class KnownLines {
  readonly #slots: (KnownLine | undefined)[] = new Array(SLOTS).fill(undefined);
  #kept = 0;
  #plain?: PlainLines;
  #bytes?: Uint8Array;
  #view = new DataView(new ArrayBuffer(0));
  /** Hashes of the bytes last looked for. */
  first = 0;
  second = 0;

  static canKnow(length: number): boolean {
    return length > 0 && length <= LONGEST;
  }

  /** What is found is valid until the next look. */
  find(bytes: Uint8Array, start: number, end: number): KnownLine | undefined {
    this.#hash(bytes, start, end);
    const plain = this.#plain?.find(this.first, this.second, end - start);
    if (plain) {
      return plain;
    }
    const place = this.second & (SLOTS - WAYS);
    for (let way = 0; way < WAYS; way += 1) {
      const known = this.#slots[place + way];
      if (
        known !== undefined &&
        known.first === this.first &&
        known.second === this.second &&
        known.length === end - start
      ) {
        known.repeats += 1;
        return known;
      }
    }
    return undefined;
  }

  /** `isPlain`: nothing will be asked of the line but what it looks like. */
  add(known: KnownLine, isPlain: boolean): void {
    if (isPlain) {
      this.#plain ??= new PlainLines();
      this.#plain.add(known);
      return;
    }
    const place = known.second & (SLOTS - WAYS);
    let way = (known.first >>> 8) & (WAYS - 1);
    for (let other = 0; other < WAYS; other += 1) {
      if (this.#slots[place + other] === undefined) {
        way = other;
        break;
      }
    }
    const kept = this.#kept + textOf(known) - textOf(this.#slots[place + way]);
    if (kept <= MOST_TEXT) {
      this.#kept = kept;
      this.#slots[place + way] = known;
    }
  }

  #hash(bytes: Uint8Array, start: number, end: number) {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(
        bytes.buffer,
        bytes.byteOffset,
        bytes.byteLength,
      );
    }
    const view = this.#view;
    let first = end - start;
    let second = 0x41c6ce57;
    let index = start;
    for (const last = end - 3; index < last; index += 4) {
      const word = view.getInt32(index, true);
      first = Math.imul(first ^ word, PRIME);
      first ^= first >>> 15;
      second = Math.imul(second ^ word, OTHER_PRIME);
      second = (second << 13) | (second >>> 19);
    }
    for (; index < end; index += 1) {
      first = Math.imul(first ^ bytes[index], PRIME);
      second = Math.imul(second ^ bytes[index], OTHER_PRIME);
    }
    second ^= first >>> 13;
    second = Math.imul(second ^ (second >>> 16), PRIME);
    this.first = first | 0;
    this.second = (second ^ (second >>> 15)) | 0;
  }
}
