import { LineRecord } from './LineRecord';

const BEFORE = 12;
const AFTER = 14;
const MOST_RECORDS = 40_000;

/**
 * Keeps the lines around those of interest. When there are too many, what weighs least is forgotten, but none of the
 * latest: memory does not grow with the log.
 */
export class RecordKeeper {
  #records: LineRecord[] = [];
  readonly #ring: LineRecord[] = [];
  #left = 0;

  add(record: LineRecord, isOfInterest: boolean): void {
    if (isOfInterest) {
      if (this.#ring.length > 0) {
        this.#records.push(...this.#ring);
        this.#ring.length = 0;
      }
      this.#left = AFTER;
      this.#push(record);
    } else if (this.#left > 0) {
      this.#left -= 1;
      this.#push(record);
    } else {
      this.#ring.push(record);
      if (this.#ring.length > BEFORE) {
        this.#ring.shift();
      }
    }
  }

  /** All that were kept, with the last lines of the log, in their order. */
  finish(): LineRecord[] {
    return [...this.#records, ...this.#ring];
  }

  #push(record: LineRecord) {
    this.#records.push(record);
    if (this.#records.length >= 2 * MOST_RECORDS) {
      this.#thin();
    }
  }

  /** Drops blocks whose heaviest line is light. */
  #thin() {
    const recent = this.#records.length - MOST_RECORDS / 4;
    const blocks: { from: number; to: number; most: number }[] = [];
    let from = 0;
    let most = 0;
    for (let index = 0; index < recent; index += 1) {
      const { number, weight, passing } = this.#records[index];
      const isCut =
        index > from &&
        (number !== this.#records[index - 1].number + 1 || index - from > 200);
      if (isCut) {
        blocks.push({ from, to: index, most });
        from = index;
        most = 0;
      }
      most = Math.max(most, passing > 0 ? weight / 8 : weight);
    }
    blocks.push({ from, to: recent, most });
    const kept: LineRecord[][] = [];
    let room = (MOST_RECORDS * 3) / 4;
    const order = [...blocks].sort(
      (left, right) => right.most - left.most || left.from - right.from,
    );
    const chosen = new Set<(typeof blocks)[number]>();
    for (const block of order) {
      if (room > block.to - block.from) {
        room -= block.to - block.from;
        chosen.add(block);
      }
    }
    for (const block of blocks) {
      if (chosen.has(block)) {
        kept.push(this.#records.slice(block.from, block.to));
      }
    }
    this.#records = [...kept.flat(), ...this.#records.slice(recent)];
  }
}
