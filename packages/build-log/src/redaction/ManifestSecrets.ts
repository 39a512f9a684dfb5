/** A Secret of Kubernetes, however its keys are ordered. */
const KIND = /^[ \t]*kind:[ \t]*["']?secret["']?[ \t]*$/i;
const DATA = /^([ \t]*)data:[ \t]*$/;
const ENTRY =
  /^([ \t]*)["']?[\w.-]{1,253}["']?:[ \t]+["']?([A-Za-z0-9+/]{10,}={0,2})["']?[ \t]*$/;
const DOCUMENT = /^[ \t]*---[ \t]*$/;
const BLOCK = /^[ \t]*["']?[\w.-]{1,253}["']?:[ \t]*[|>][-+]?[ \t]*$/;
const ENCODED = /^([ \t]*)([A-Za-z0-9+/]{10,}={0,2})[ \t]*$/;
const COMMENT = /^[ \t]*(?:#.*)?$/;
const NEAR_LINES = 40;
const MOST_LINES = 500;

/**
 * Finds the values of Kubernetes Secrets that are printed as YAML: base64 below `data`. Where the kind comes after the
 * data, as `kubectl` sorts them, only values that are whole base64 count.
 */
export class ManifestSecrets {
  #kindLeft = 0;
  #dataLeft = 0;
  #indent = 0;
  #inBlock = false;

  get isOpen(): boolean {
    return this.#kindLeft > 0 || this.#dataLeft > 0;
  }

  /** Where the value stands in a line; the lines must come in order. */
  find(text: string): { start: number; end: number } | undefined {
    this.#kindLeft = Math.max(0, this.#kindLeft - 1);
    if (KIND.test(text)) {
      this.#kindLeft = NEAR_LINES;
    }
    if (DOCUMENT.test(text)) {
      this.#kindLeft = 0;
      this.#dataLeft = 0;
    }
    const data = DATA.exec(text);
    if (data && (this.#kindLeft > 0 || data[1].length <= 1)) {
      this.#indent = data[1].length;
      this.#dataLeft = MOST_LINES;
      this.#inBlock = false;
      return undefined;
    }
    if (this.#dataLeft === 0) {
      return undefined;
    }
    this.#dataLeft -= 1;
    if (COMMENT.test(text)) {
      return undefined;
    }
    const indent = text.length - text.trimStart().length;
    if (indent <= this.#indent) {
      this.#dataLeft = 0;
      return undefined;
    }
    if (BLOCK.test(text)) {
      this.#inBlock = true;
      return undefined;
    }
    const match = (this.#inBlock && ENCODED.exec(text)) || ENTRY.exec(text);
    const value = match ? match[2] : '';
    if (!match || !this.#isSecret(value)) {
      // Other data than that of a Secret: nothing more is looked for.
      this.#dataLeft = this.#kindLeft > 0 ? this.#dataLeft : 0;
      return undefined;
    }
    const start = text.lastIndexOf(value);
    return { start, end: start + value.length };
  }

  #isSecret(value: string): boolean {
    const isEncoded =
      value.endsWith('=') || (/\d/.test(value) && /[A-Z]/.test(value));
    return value.length % 4 === 0 && (isEncoded || this.#kindLeft > 0);
  }
}
