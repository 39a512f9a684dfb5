import { LogSketch } from '../types';
import { TEMPLATE_VERSION } from '../templates/LineScanner';
import { hashesOf } from './LogSketcher';

/**
 * What passing runs of a job print.
 */
export class PassingRuns {
  readonly #known = new Set<number>();
  #limit = 2 ** 32;
  readonly count: number;

  /** Sketches of another version say nothing and are left out. */
  constructor(sketches: LogSketch[]) {
    const comparable = sketches.filter(
      ({ version }) => version === TEMPLATE_VERSION,
    );
    this.count = comparable.reduce((sum, { runs }) => sum + runs, 0);
    for (const sketch of comparable) {
      this.#limit = Math.min(this.#limit, sketch.limit);
      hashesOf(sketch).forEach(hash => this.#known.add(hash));
    }
  }

  /** Whether passing runs print it; `undefined` when that is not known. */
  prints(hash: number): boolean | undefined {
    if (this.count === 0) {
      return undefined;
    }
    if (this.#known.has(hash)) {
      return true;
    }
    return hash < this.#limit ? false : undefined;
  }
}
