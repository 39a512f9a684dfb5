import { Transform } from 'stream';
import { LineTimes } from './LineTimes';

/**
 * Moves recorded times by a whole number of seconds, so that old builds look as
 * if they had just happened. Whole seconds, because then a time in a log keeps
 * its fraction and its length.
 */
export class TimeShift {
  readonly #milliseconds: number;

  private constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Leaves every time as it is. */
  static none(): TimeShift {
    return new TimeShift(0);
  }

  /** Moves the time `from` to the time `to`, both in milliseconds. */
  static between(from: number, to: number): TimeShift {
    return new TimeShift(Math.round((to - from) / 1000) * 1000);
  }

  apply(time: number): number {
    return time + this.#milliseconds;
  }

  /** Moves the time at the start of each line of a log that flows through. */
  ofLines(): Transform {
    return new LineTimes(time => this.apply(time));
  }
}
