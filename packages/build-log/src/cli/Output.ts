const FLUSH = 256 * 1024;

/** Standard output in large pieces: a write for each line takes longer than the line. */
export class Output {
  #text: string[] = [];
  #length = 0;

  private constructor() {}

  static create(): Output {
    return new Output();
  }

  line(text: string): void {
    this.#text.push(text);
    this.#length += text.length + 1;
    if (this.#length > FLUSH) {
      this.flush();
    }
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  flush(): void {
    if (this.#text.length > 0) {
      process.stdout.write(`${this.#text.join('\n')}\n`);
      this.#text = [];
      this.#length = 0;
    }
  }
}
