const flushAt = 256 * 1024;

/** Standard output in large pieces: a write for each line takes longer than the line. */
export class Output {
  #lines: string[] = [];
  #length = 0;

  private constructor() {}

  static create(): Output {
    return new Output();
  }

  line(text: string) {
    this.#lines.push(text);
    this.#length += text.length + 1;
    if (this.#length > flushAt) {
      this.flush();
    }
  }

  flush() {
    if (this.#lines.length > 0) {
      process.stdout.write(`${this.#lines.join('\n')}\n`);
      this.#lines = [];
      this.#length = 0;
    }
  }
}
