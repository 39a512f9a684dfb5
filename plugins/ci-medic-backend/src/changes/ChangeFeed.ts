import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';

/** What screens can listen to. */
export type ChangeChannel =
  | 'ci-medic:runs'
  | 'ci-medic:incidents'
  | 'ci-medic:playbooks';

const GATHER_MS = 250;
const MOST_IDS = 100;

/**
 * Tells open screens that something changed. Ids only: what a reader may see is decided when the screen asks for it.
 * Changes that follow each other closely are told together.
 */
export class ChangeFeed {
  static create(options: {
    signals: SignalsService;
    logger: LoggerService;
  }): ChangeFeed {
    return new ChangeFeed(options.signals, options.logger);
  }

  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #waiting = new Map<ChangeChannel, Set<string>>();
  #timer?: NodeJS.Timeout;

  private constructor(signals: SignalsService, logger: LoggerService) {
    this.#signals = signals;
    this.#logger = logger;
  }

  /** Tells of a change when its transaction is committed. */
  announceAfter(
    transaction: Knex.Transaction,
    channel: ChangeChannel,
    id: string,
  ): void {
    transaction.executionPromise.then(
      () => this.#gather(channel, id),
      () => {},
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #gather(channel: ChangeChannel, id: string) {
    const ids = this.#waiting.get(channel) ?? new Set();
    if (ids.size < MOST_IDS) {
      ids.add(id);
    }
    this.#waiting.set(channel, ids);
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS).unref();
  }

  async #tell() {
    this.#timer = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [channel, ids] of waiting) {
      try {
        await this.#signals.publish({
          recipients: { type: 'broadcast' },
          channel,
          message: { ids: [...ids] },
        });
      } catch (error) {
        this.#logger.debug(`No signal was sent: ${toError(error).message}`);
      }
    }
  }
}
