/** Bytes of a line that are kept; the rest is only counted. */
export const MAXIMUM_LINE_BYTES = 64 * 1024;

/** Receives each line as a slice of a buffer that is only valid during the call. */
export type LineHandler = (
  buffer: Buffer,
  start: number,
  end: number,
  droppedBytes: number,
) => void;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits bytes into lines with universal newlines, holding at most one capped
 * line: a line of any length costs 64 KiB.
 */
export class LineSplitter {
  readonly #handler: LineHandler;
  #carry = Buffer.allocUnsafe(4096);
  #carried = 0;
  #dropped = 0;
  #pending = false;
  #skipLineFeed = false;

  private constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  static create(handler: LineHandler): LineSplitter {
    return new LineSplitter(handler);
  }

  write(chunk: Buffer): void {
    const length = chunk.length;
    let start = 0;
    if (this.#skipLineFeed && length > 0) {
      this.#skipLineFeed = false;
      if (chunk[0] === LINE_FEED) {
        start = 1;
      }
    }
    let feed = chunk.indexOf(LINE_FEED, start);
    let carriage = chunk.indexOf(CARRIAGE_RETURN, start);
    while (feed !== -1 || carriage !== -1) {
      let end: number;
      let next: number;
      if (carriage !== -1 && (feed === -1 || carriage < feed)) {
        end = carriage;
        next = carriage + 1;
        if (next === length) {
          this.#skipLineFeed = true;
        } else if (next === feed) {
          next += 1;
        }
        carriage = chunk.indexOf(CARRIAGE_RETURN, next);
        if (feed !== -1 && feed < next) {
          feed = chunk.indexOf(LINE_FEED, next);
        }
      } else {
        end = feed;
        next = feed + 1;
        feed = chunk.indexOf(LINE_FEED, next);
      }
      this.#emit(chunk, start, end);
      start = next;
    }
    if (start < length) {
      this.#keep(chunk, start, length);
    }
  }

  end(): void {
    if (this.#pending) {
      this.#flush();
    }
  }

  #emit(chunk: Buffer, start: number, end: number): void {
    if (this.#pending) {
      this.#keep(chunk, start, end);
      this.#flush();
      return;
    }
    const kept = Math.min(end, start + MAXIMUM_LINE_BYTES);
    this.#handler(chunk, start, kept, end - kept);
  }

  #flush(): void {
    const carried = this.#carried;
    const dropped = this.#dropped;
    this.#carried = 0;
    this.#dropped = 0;
    this.#pending = false;
    this.#handler(this.#carry, 0, carried, dropped);
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    this.#pending = true;
    const kept = Math.min(end - start, MAXIMUM_LINE_BYTES - this.#carried);
    if (this.#carried + kept > this.#carry.length) {
      const grown = Buffer.allocUnsafe(
        Math.min(
          MAXIMUM_LINE_BYTES,
          Math.max(this.#carry.length * 2, this.#carried + kept),
        ),
      );
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    chunk.copy(this.#carry, this.#carried, start, start + kept);
    this.#carried += kept;
    this.#dropped += end - start - kept;
  }
}
