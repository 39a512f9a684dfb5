import { readFileSync } from 'fs';
import { gunzipSync } from 'zlib';

/** The output of a command that was really run. */
export type Fragment = {
  tool: string;
  stack: string;
  step: string;
  /** `pass`, or why it failed. */
  cause: string;
  command: string;
  exitCode: number;
  /** Milliseconds since the start, and the line. */
  lines: Array<[number, string]>;
  report?: { name: string; text: string };
};

/** Recorded outputs by what they are good for. */
export class FragmentLibrary {
  readonly #byKey = new Map<string, Fragment[]>();

  private constructor(all: Fragment[]) {
    for (const fragment of all) {
      const key = keyOf(fragment);
      const known = this.#byKey.get(key) ?? [];
      known.push(fragment);
      this.#byKey.set(key, known);
    }
  }

  /** @param file - a gzipped JSON array of fragments */
  static load(file: string): FragmentLibrary {
    return new FragmentLibrary(
      JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')),
    );
  }

  /**
   * The recordings of a step that ended so: of the stack, else of any.
   *
   * @param cause - exactly, or its first part: `code` finds `code-compile`
   */
  find(stack: string, step: string, cause: string): Fragment[] {
    for (const kind of [stack, 'any']) {
      const exact = this.#byKey.get([kind, step, cause].join(' '));
      if (exact) {
        return exact;
      }
    }
    const start = (kind: string) => `${[kind, step, cause].join(' ')}-`;
    for (const kind of [stack, 'any']) {
      const found = [...this.#byKey].filter(([key]) =>
        key.startsWith(start(kind)),
      );
      if (found.length > 0) {
        return found.flatMap(([, fragments]) => fragments);
      }
    }
    return [];
  }
}

function keyOf({ stack, step, cause }: Fragment): string {
  return [stack, step, cause].join(' ');
}
