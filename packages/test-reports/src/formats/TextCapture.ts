const LENGTH = 64_000;

/** Gathers the text of the elements that are of interest, up to a length. */
export class TextCapture {
  readonly #texts = new Map<string, string>();
  #current?: string;

  /** Takes text from here on under `name`, or none when it is absent. */
  into(name: string | undefined): void {
    this.#current = name;
  }

  add(text: string): void {
    if (this.#current !== undefined) {
      const before = this.#texts.get(this.#current) ?? '';
      this.#texts.set(this.#current, (before + text).slice(0, LENGTH));
    }
  }

  take(): Record<string, string | undefined> {
    const texts = Object.fromEntries(this.#texts);
    this.#texts.clear();
    this.#current = undefined;
    return texts;
  }
}
