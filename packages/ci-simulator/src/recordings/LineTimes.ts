import { Transform, TransformCallback } from 'stream';

const PREFIX = '2026-01-31T10:20:30'.length;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NEWLINE = 0x0a;

/**
 * Moves the time at the start of each line that flows through, in place: lines
 * may be of any length, only the start of one is looked at.
 */
export class LineTimes extends Transform {
  readonly #move: (time: number) => number;
  #rest: Buffer = Buffer.alloc(0);
  #atStartOfFile = true;
  #atStartOfLine = true;
  #lastRead = '';
  #lastWritten = '';

  /** @param move - from and to milliseconds; must move by whole seconds */
  constructor(move: (time: number) => number) {
    super();
    this.#move = move;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    // A copy: what arrives may be shared.
    const bytes = Buffer.concat([this.#rest, chunk]);
    const needed = PREFIX + (this.#atStartOfFile ? BYTE_ORDER_MARK.length : 0);
    if (bytes.length < needed) {
      this.#rest = bytes;
      done();
      return;
    }
    const end = this.#rewrite(bytes);
    this.#rest = bytes.subarray(end);
    done(undefined, bytes.subarray(0, end));
  }

  override _flush(done: TransformCallback): void {
    done(undefined, this.#rest);
  }

  /** @returns up to where the bytes are finished */
  #rewrite(bytes: Buffer): number {
    let position = 0;
    if (this.#atStartOfFile) {
      this.#atStartOfFile = false;
      if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) {
        position = 3;
      }
    }
    for (;;) {
      if (this.#atStartOfLine) {
        if (position + PREFIX > bytes.length) {
          return position;
        }
        this.#rewriteTime(bytes, position);
        this.#atStartOfLine = false;
      }
      const newline = bytes.indexOf(NEWLINE, position);
      if (newline < 0) {
        return bytes.length;
      }
      this.#atStartOfLine = true;
      position = newline + 1;
    }
  }

  #rewriteTime(bytes: Buffer, position: number): void {
    // Cheap test before any text is made: `-` and `T` where they must be.
    if (bytes[position + 4] !== 0x2d || bytes[position + 10] !== 0x54) {
      return;
    }
    const text = bytes.toString('latin1', position, position + PREFIX);
    if (text !== this.#lastRead) {
      const time = Date.parse(`${text}Z`);
      this.#lastRead = text;
      this.#lastWritten = Number.isNaN(time)
        ? text
        : new Date(this.#move(time)).toISOString().slice(0, PREFIX);
    }
    bytes.write(this.#lastWritten, position, 'latin1');
  }
}
