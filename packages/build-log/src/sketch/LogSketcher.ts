import { LogSketch } from '../types';
import { TEMPLATE_VERSION } from '../templates/LineScanner';

/** 12,000 hashes are 64,000 characters of base64. */
const MAXIMUM_HASHES = 12_000;
const WHOLE_RANGE = 2 ** 32;

/**
 * Remembers which templates a log has, as a bottom-k sketch (Cohen and Kaplan, 2007): when there are too many, the
 * largest hashes are dropped, so that sketches of different logs still compare.
 */
export class LogSketcher {
  readonly #hashes = new Set<number>();
  #limit = WHOLE_RANGE;

  add(hash: number): void {
    if (hash < this.#limit) {
      this.#hashes.add(hash);
      if (this.#hashes.size > 2 * MAXIMUM_HASHES) {
        this.#shrink();
      }
    }
  }

  finish(runs = 1): LogSketch {
    if (this.#hashes.size > MAXIMUM_HASHES) {
      this.#shrink();
    }
    const sorted = Uint32Array.from(this.#hashes).sort();
    return {
      version: TEMPLATE_VERSION,
      runs,
      templates: Buffer.from(sorted.buffer).toString('base64'),
      limit: this.#limit,
    };
  }

  #shrink() {
    const sorted = Uint32Array.from(this.#hashes).sort();
    this.#limit = sorted[MAXIMUM_HASHES];
    for (const hash of sorted.subarray(MAXIMUM_HASHES)) {
      this.#hashes.delete(hash);
    }
  }
}

/** The hashes of a sketch. */
export function hashesOf(sketch: LogSketch): Uint32Array {
  const bytes = Buffer.from(sketch.templates, 'base64');
  const count = Math.floor(bytes.length / 4);
  return Uint32Array.from({ length: count }, (_, index) =>
    bytes.readUInt32LE(index * 4),
  );
}
