/**
 * Limits how many bytes of bodies are in memory at the same time, over all requests, so that many large bodies at once
 * cannot take the process down.
 */
export class BodyBudget {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when there is no room for that many bytes. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) {
      return false;
    }
    this.#used += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}
