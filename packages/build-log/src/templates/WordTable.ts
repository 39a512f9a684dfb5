const SLOTS = 8192;
const MOST_WORDS = 4096;

/**
 * Finds which of a fixed set of words a line contains, by the hash that the
 * scanner computes anyway while it reads the line.
 */
export class WordTable {
  readonly #hashes = new Int32Array(SLOTS);
  readonly #ids = new Int32Array(SLOTS);
  #size = 0;

  private constructor() {}

  /** Words are letters; upper and lower case are the same. */
  static create(words: Iterable<string>): WordTable {
    const table = new WordTable();
    for (const word of new Set(words)) {
      table.#add(word);
    }
    return table;
  }

  static hash(word: string): number {
    let hash = 0;
    for (let index = 0; index < word.length; index += 1) {
      hash = (Math.imul(hash, 31) + (word.charCodeAt(index) | 32)) | 0;
    }
    return hash;
  }

  /** Identifier of a word, 0 when it is none of the set. */
  find(hash: number): number {
    let slot = slotOf(hash);
    for (;;) {
      const id = this.#ids[slot];
      if (id === 0 || this.#hashes[slot] === hash) {
        return id;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  idOf(word: string): number {
    return this.find(WordTable.hash(word));
  }

  get size(): number {
    return this.#size;
  }

  #add(word: string): void {
    if (this.#size >= MOST_WORDS) {
      throw new RangeError('Too many words');
    }
    const hash = WordTable.hash(word);
    if (this.find(hash) !== 0) {
      return;
    }
    let slot = slotOf(hash);
    while (this.#ids[slot] !== 0) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    this.#size += 1;
    this.#hashes[slot] = hash;
    this.#ids[slot] = this.#size;
  }
}

function slotOf(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 19) & (SLOTS - 1);
}
