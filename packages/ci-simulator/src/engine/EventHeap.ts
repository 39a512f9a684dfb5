/** Something that is to happen. */
export type PlannedEvent = { time: number; action: () => void };

type Entry = PlannedEvent & { order: number };

/** What is to happen, the earliest first; of one time, in the order of asking. */
export class EventHeap {
  readonly #entries: Entry[] = [];
  #order = 0;

  private constructor() {}

  static create(): EventHeap {
    return new EventHeap();
  }

  push(time: number, action: () => void): void {
    const entries = this.#entries;
    entries.push({ time, action, order: this.#order++ });
    let index = entries.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entries[index], entries[parent])) {
        return;
      }
      swap(entries, index, parent);
      index = parent;
    }
  }

  nextTime(): number | undefined {
    return this.#entries[0]?.time;
  }

  /** Takes the earliest, unless it is later than that. */
  takeUntil(time: number): PlannedEvent | undefined {
    const entries = this.#entries;
    if (entries.length === 0 || entries[0].time > time) {
      return undefined;
    }
    const first = entries[0];
    const last = entries.pop()!;
    if (entries.length > 0) {
      entries[0] = last;
      sink(entries);
    }
    return first;
  }
}

function sink(entries: Entry[]): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    if (left >= entries.length) {
      return;
    }
    const right = left + 1;
    const child =
      right < entries.length && isBefore(entries[right], entries[left])
        ? right
        : left;
    if (!isBefore(entries[child], entries[index])) {
      return;
    }
    swap(entries, index, child);
    index = child;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return (
    one.time < other.time ||
    (one.time === other.time && one.order < other.order)
  );
}

function swap(entries: Entry[], one: number, other: number): void {
  [entries[one], entries[other]] = [entries[other], entries[one]];
}
