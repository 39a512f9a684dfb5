import { capText } from './capText';

const LENGTH = 1_000;

/** The names of the suites around a test case. Each step costs the same, however deep and long they are. */
export class SuitePath {
  readonly #paths: string[] = [];

  /** The names, outermost first. */
  get current(): string | undefined {
    return this.#paths.at(-1) || undefined;
  }

  push(name: string | undefined): void {
    const path = [this.current, capText(name, LENGTH)].filter(Boolean);
    this.#paths.push(capText(path.join(' > '), LENGTH) ?? '');
  }

  pop(): void {
    this.#paths.pop();
  }
}
