import { LoggerService } from '@backstage/backend-plugin-api';
import { Logger, LogLevel } from '@slack/bolt';

/**
 * Lets Slack's libraries log through Backstage. What they say in detail stays out: it can hold what people wrote.
 */
export class SlackLogger implements Logger {
  readonly #logger: LoggerService;

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  debug(): void {}

  info(...parts: unknown[]): void {
    this.#logger.debug(textOf(parts));
  }

  warn(...parts: unknown[]): void {
    this.#logger.warn(textOf(parts));
  }

  error(...parts: unknown[]): void {
    this.#logger.error(textOf(parts));
  }

  setLevel(): void {}

  getLevel(): LogLevel {
    return LogLevel.INFO;
  }

  setName(): void {}
}

function textOf(parts: unknown[]): string {
  return parts.map(String).join(' ').slice(0, 1_000);
}
