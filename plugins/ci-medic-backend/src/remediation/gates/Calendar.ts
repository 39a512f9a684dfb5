import { DateTime } from 'luxon';
import { PolicyInput } from './RemediationPolicy';

/** A time in which changes are frozen. Times are epoch milliseconds. */
export type ChangeFreeze = { from: number; to: number; reason: string };

/**
 * The hour, the day and the change freezes, as a policy sees them.
 */
export class Calendar {
  readonly #timeZone: string;
  readonly #freezes: ChangeFreeze[];
  readonly #now: () => number;

  constructor(options: {
    timeZone: string;
    freezes: ChangeFreeze[];
    now?: () => number;
  }) {
    this.#timeZone = options.timeZone;
    this.#freezes = options.freezes;
    this.#now = options.now ?? Date.now;
  }

  terms(): Pick<PolicyInput, 'hour' | 'weekday' | 'change_freeze'> {
    const now = this.#now();
    const time = DateTime.fromMillis(now, { zone: this.#timeZone });
    const freeze = this.#freezes.find(
      ({ from, to }) => now >= from && now < to,
    );
    return {
      hour: time.hour,
      weekday: time.weekday,
      change_freeze: freeze
        ? { active: true, reason: freeze.reason }
        : { active: false },
    };
  }
}
