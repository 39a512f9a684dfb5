import { isUtf8 } from 'buffer';
import { cleanText } from '../text/cleanText';
import { MAXIMUM_LINE_BYTES } from './LineSplitter';

const ESCAPE = 0x1b;
const BRACKET = 0x5b;
const HIGH_BITS = 0x80808080;

/** 1: control, 2: beyond ASCII. */
const SPECIAL = new Uint8Array(256).fill(2, 128).fill(1, 0, 32);
SPECIAL[9] = 0;
SPECIAL[0x7f] = 1;

const westEuropean = new TextDecoder('windows-1252');

/**
 * The clean bytes of one line at a time: what {@link cleanText} makes of it, without making a string of lines that need
 * no cleaning. Lines that are no UTF-8 are read as Windows-1252, which every byte fits.
 */
export class CleanBytes {
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Whether there are bytes beyond ASCII. */
  isWide = false;
  #scratch = Buffer.allocUnsafe(4096);
  #viewed?: Buffer;
  #view = new DataView(new ArrayBuffer(0));

  read(source: Buffer, from: number, to: number): void {
    this.bytes = source;
    this.start = from;
    this.end = to;
    this.isWide = false;
    const special = this.#specialOf(source, from, to);
    if (special >= 2) {
      this.#decode(source, from, to);
    } else if (special === 1) {
      this.#strip(source, from, to);
    }
    while (this.end > this.start && this.#isBlank(this.bytes[this.end - 1])) {
      this.end -= 1;
    }
  }

  /** The text from an offset of the clean line on. */
  text(from = 0): string {
    return this.isWide
      ? this.bytes.toString('utf8', this.start + from, this.end)
      : this.bytes.toString('latin1', this.start + from, this.end);
  }

  /** Four bytes at a time, because most have nothing special. */
  #specialOf(source: Buffer, from: number, to: number): number {
    if (this.#viewed !== source) {
      this.#viewed = source;
      const { buffer, byteOffset, byteLength } = source;
      this.#view = new DataView(buffer, byteOffset, byteLength);
    }
    const view = this.#view;
    let special = 0;
    let index = from;
    for (const last = to - 3; index < last; index += 4) {
      const word = view.getInt32(index, true);
      // The high bit of a byte: beyond ASCII, 0x7f, or less than a blank.
      const marks =
        word | ((word + 0x01010101) | 0) | ((word - 0x20202020) & ~word);
      if ((marks & HIGH_BITS) !== 0) {
        special |=
          SPECIAL[word & 255] |
          SPECIAL[(word >>> 8) & 255] |
          SPECIAL[(word >>> 16) & 255] |
          SPECIAL[word >>> 24];
      }
    }
    for (; index < to; index += 1) {
      special |= SPECIAL[source[index]];
    }
    return special;
  }

  #isBlank(code: number): boolean {
    return code === 0x20 || code === 9;
  }

  /** ASCII with control bytes: escape sequences of the common kind go, and so do other controls. */
  #strip(source: Buffer, from: number, to: number): void {
    this.#reserve(to - from);
    const target = this.#scratch;
    let length = 0;
    let index = from;
    while (index < to) {
      const code = source[index];
      if (SPECIAL[code] === 0) {
        target[length] = code;
        length += 1;
        index += 1;
      } else if (code !== ESCAPE) {
        index += 1;
      } else if (source[index + 1] === BRACKET && index + 1 < to) {
        index += 2;
        while (index < to && source[index] >= 0x20 && source[index] <= 0x3f) {
          index += 1;
        }
        if (index < to && source[index] >= 0x40 && source[index] <= 0x7e) {
          index += 1;
        }
      } else {
        this.#decode(source, from, to);
        return;
      }
    }
    this.bytes = target;
    this.start = 0;
    this.end = length;
  }

  #decode(source: Buffer, from: number, to: number): void {
    const text = decode(source.subarray(from, to));
    const clean = cleanText(text);
    this.isWide = true;
    this.#reserve(clean.length * 3);
    this.bytes = this.#scratch;
    this.start = 0;
    this.end = this.#scratch.write(clean, 0, 'utf8');
  }

  #reserve(size: number): void {
    if (this.#scratch.length < size) {
      this.#scratch = Buffer.allocUnsafe(2 * size);
    }
  }
}

function decode(raw: Buffer): string {
  if (isUtf8(raw)) {
    return raw.toString('utf8');
  }
  // A line cut at its maximum may end within a character.
  for (let cut = 1; cut <= 3 && raw.length >= MAXIMUM_LINE_BYTES; cut += 1) {
    const shorter = raw.subarray(0, raw.length - cut);
    if (isUtf8(shorter)) {
      return shorter.toString('utf8');
    }
  }
  return westEuropean.decode(raw);
}
