import { habitSlots } from './measures';

const sizes = 32;
const prior = 0.5;
/** An hour with few events surprises less. */
const ramp = 20;

/** How often values of each size came in each hour. */
export class Visits {
  readonly #cells = new Int32Array(habitSlots * sizes);
  readonly #hours = new Int32Array(habitSlots);

  private constructor() {}

  static restore(pairs: number[]): Visits {
    const visits = new Visits();
    for (let index = 0; index < pairs.length; index += 2) {
      visits.#cells[pairs[index]] = pairs[index + 1];
      visits.#hours[Math.floor(pairs[index] / sizes)] += pairs[index + 1];
    }
    return visits;
  }

  toState(): number[] {
    const pairs: number[] = [];
    this.#cells.forEach((count, cell) => {
      if (count > 0) {
        pairs.push(cell, count);
      }
    });
    return pairs;
  }

  /** How surprising a value is at this hour, given where it lies in the range of all values, from 0 to 1; and counts it. */
  surprise(slot: number, place: number): number {
    const size = Math.min(Math.floor(place * sizes), sizes - 1);
    const cell = slot * sizes + size;
    const here = this.#cells[cell]++;
    const hour = this.#hours[slot]++;
    return (
      -Math.log((here + prior) / (hour + prior * sizes)) *
      (hour / (hour + ramp))
    );
  }
}
