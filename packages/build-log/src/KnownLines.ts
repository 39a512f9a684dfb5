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
/** Of all others, as numbers: 20 bytes each. */
const PLAIN_SLOTS = 1 << 20;
const LONGEST = 1_000;
const PRIME = 2654435761;
const OTHER_PRIME = 1597334677;

/** Lines of which only numbers are kept. */
class PlainLines {
  readonly #first = new Int32Array(PLAIN_SLOTS);
  readonly #second = new Int32Array(PLAIN_SLOTS);
  readonly #fine = new Uint32Array(PLAIN_SLOTS);
  readonly #slot = new Uint16Array(PLAIN_SLOTS);
  readonly #length = new Uint16Array(PLAIN_SLOTS);
  readonly #looks = new Uint16Array(PLAIN_SLOTS);
  readonly #marks = new Int8Array(PLAIN_SLOTS);

  find(first: number, second: number, length: number): KnownLine | undefined {
    let at = first & (PLAIN_SLOTS - 1);
    if (!this.#isAt(at, first, second, length)) {
      at ^= 1;
      if (!this.#isAt(at, first, second, length)) {
        return undefined;
      }
    }
    const looks = this.#looks[at];
    return {
      first,
      second,
      length,
      weight: 0,
      reason: 'end_of_log',
      mark: this.#marks[at],
      shape: (looks & 7) as LineShapeCode,
      indent: (looks >> 3) & 63,
      level: 'info',
      templateId: '',
      slot: this.#slot[at],
      fine: (looks & 512) !== 0 ? this.#fine[at] : undefined,
      mayHide: (looks & 1024) !== 0,
      mayNamePackage: false,
      repeats: 1,
    };
  }

  #isAt(at: number, first: number, second: number, length: number): boolean {
    return (
      this.#second[at] === second &&
      this.#first[at] === first &&
      this.#length[at] === length
    );
  }

  add(line: KnownLine): void {
    const { first, second, length, shape, indent, fine, mayHide } = line;
    let at = first & (PLAIN_SLOTS - 1);
    // Each place has a second one; where both are taken, their owners change in turn.
    if (this.#length[at] !== 0 && (this.#length[at ^ 1] === 0 || second < 0)) {
      at ^= 1;
    }
    this.#first[at] = first;
    this.#second[at] = second;
    this.#length[at] = length;
    this.#fine[at] = fine ?? 0;
    this.#slot[at] = line.slot;
    this.#marks[at] = line.mark;
    this.#looks[at] =
      shape |
      (indent << 3) |
      (fine === undefined ? 0 : 512) |
      (mayHide ? 1024 : 0);
  }
}

/**
 * Remembers lines, so that the same again costs one look at its bytes: in logs too long to read, most lines have been
 * there before. Of two that share a place the later is kept, which depends on the log alone.
 */
export class KnownLines {
  readonly #slots: (KnownLine | undefined)[] = new Array(SLOTS).fill(undefined);
  #plain?: PlainLines;
  #bytes?: Uint8Array;
  #view = new DataView(new ArrayBuffer(0));
  /** Hashes of the bytes last looked for. */
  first = 0;
  second = 0;

  static canKnow(length: number): boolean {
    return length > 0 && length <= LONGEST;
  }

  find(bytes: Uint8Array, start: number, end: number): KnownLine | undefined {
    this.#hash(bytes, start, end);
    const plain = this.#plain?.find(this.first, this.second, end - start);
    if (plain) {
      return plain;
    }
    const known = this.#slots[this.second & (SLOTS - 1)];
    if (
      known !== undefined &&
      known.first === this.first &&
      known.second === this.second &&
      known.length === end - start
    ) {
      known.repeats += 1;
      return known;
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
    this.#slots[known.second & (SLOTS - 1)] = known;
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
