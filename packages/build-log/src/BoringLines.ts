import { LineScanner } from './templates/LineScanner';

const SLOTS = 1 << 16;

/**
 * Remembers lines that had nothing to say, so that the same again costs no string and no pattern. Lines that may hold a
 * secret are the same only where all of their text is; others also where only numbers differ that are no status.
 */
export class BoringLines {
  readonly #keys = new Uint32Array(SLOTS);
  readonly #templates = new Uint32Array(SLOTS);
  readonly #marks = new Int8Array(SLOTS);

  /** What a line is known by; valid until the scanner reads the next. */
  keyOf(scanner: LineScanner, mayHide: boolean): number {
    return mayHide ? (scanner.exact ^ 0x9e3779b9) >>> 0 : scanner.likeness;
  }

  /** The mark of a line that is known, else `undefined`. */
  find(key: number, template: number): number | undefined {
    const slot = (key ^ (template >>> 16)) & (SLOTS - 1);
    return this.#templates[slot] === template &&
      this.#keys[slot] === key &&
      (key | template) !== 0
      ? this.#marks[slot]
      : undefined;
  }

  add(key: number, template: number, mark: number): void {
    const slot = (key ^ (template >>> 16)) & (SLOTS - 1);
    this.#keys[slot] = key;
    this.#templates[slot] = template;
    this.#marks[slot] = mark;
  }
}
