import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { setTimeout as sleep } from 'timers/promises';

/** Slack lets an app say about one thing per second in a channel. */
const GAP_MS = 1_000;
/** Who would wait longer lets others have the worker meanwhile. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Keeps to what Slack lets an app say in a channel, so that it need not be told to wait.
 */
export class SlackPacing {
  readonly #next = new Map<string, number>();
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  #pausedUntil = 0;

  constructor(options?: {
    now?: () => number;
    sleep?: (milliseconds: number) => Promise<unknown>;
  }) {
    this.#now = options?.now ?? Date.now;
    this.#sleep = options?.sleep ?? sleep;
  }

  /**
   * Waits for a turn in a channel.
   *
   * @throws RateLimitedError when that would take too long.
   */
  async turn(channel: string): Promise<void> {
    const now = this.#now();
    const at = Math.max(now, this.#next.get(channel) ?? 0, this.#pausedUntil);
    if (at - now > LONGEST_WAIT_MS) {
      throw new RateLimitedError(
        'Others are ahead in this Slack channel',
        new Date(at),
      );
    }
    this.#forget(now);
    this.#next.set(channel, at + GAP_MS);
    if (at > now) {
      await this.#sleep(at - now);
    }
  }

  /** Nothing is said before that: Slack asked to wait. */
  pauseUntil(at: Date): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, at.getTime());
  }

  #forget(now: number) {
    for (const [channel, at] of this.#next) {
      if (at < now) {
        this.#next.delete(channel);
      }
    }
  }
}
