/** 32 bits that depend on every character of a text (FNV-1a, then mixed). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) that is always the same for the same parts. */
export function chanceOf(...parts: Array<string | number>): number {
  return hashOf(parts.join('\u0000')) / 2 ** 32;
}

/** Numbers that look like chance and repeat with the seed (mulberry32). */
export class Random {
  #state: number;

  private constructor(state: number) {
    this.#state = state;
  }

  static create(...seed: Array<string | number>): Random {
    return new Random(hashOf(seed.join('\u0000')));
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  isTrue(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)];
  }

  /** By Box and Muller. */
  normal(mean: number, deviation: number): number {
    const one = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * one * Math.cos(2 * Math.PI * this.next());
  }

  /** Time to the next of events that come independently of each other. */
  waiting(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
