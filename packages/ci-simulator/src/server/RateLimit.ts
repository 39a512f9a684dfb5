/**
 * How much a client may ask for.
 *
 * @public
 */
export type RateLimitOptions = {
  /** Requests in a window. */
  limit: number;
  windowSeconds: number;
};

type Window = { used: number; reset: number };

/** Counts requests of each client, in windows as GitHub has them. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #windows = new Map<string, Window>();

  private constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  static create(
    options: RateLimitOptions = { limit: 5000, windowSeconds: 3600 },
  ): RateLimit {
    return new RateLimit(options);
  }

  /** Counts one request. False when the client has none left. */
  take(client: string): boolean {
    const window = this.#windowOf(client);
    if (window.used >= this.#options.limit) {
      return false;
    }
    window.used++;
    return true;
  }

  /** Gives one back: answers without news (304) do not count. */
  giveBack(client: string): void {
    const window = this.#windowOf(client);
    window.used = Math.max(0, window.used - 1);
  }

  /** GitHub's `rate-limit`; `reset` in seconds since the epoch. */
  state(client: string) {
    const { limit } = this.#options;
    const { used, reset } = this.#windowOf(client);
    return { limit, used, remaining: limit - used, reset };
  }

  headers(client: string): Record<string, string> {
    const { limit, used, remaining, reset } = this.state(client);
    return {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(reset),
      'X-RateLimit-Used': String(used),
      'X-RateLimit-Resource': 'core',
    };
  }

  #windowOf(client: string): Window {
    const now = Math.floor(Date.now() / 1000);
    const known = this.#windows.get(client);
    if (known && known.reset > now) {
      return known;
    }
    const window = { used: 0, reset: now + this.#options.windowSeconds };
    this.#windows.set(client, window);
    return window;
  }
}
