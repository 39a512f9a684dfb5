import { Transform, TransformCallback } from 'stream';

/** Lets so many bytes pass, then ends. */
export class ByteLimit extends Transform {
  #left: number;
  isReached = false;

  constructor(bytes: number) {
    super();
    this.#left = bytes;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    if (part.length > 0) {
      this.push(part);
    }
    if (this.#left === 0 && !this.isReached) {
      this.isReached = true;
      this.push(null);
    }
    done();
  }
}
