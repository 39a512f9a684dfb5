import { InputError, NotFoundError, toError } from '@backstage/errors';
import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { ErrorCode, WebClient } from '@slack/web-api';
import { SlackConfig } from './SlackConfig';
import { SlackLogger } from './SlackLogger';

const TIMEOUT_MS = 10_000;

/** What Slack refuses whenever it is asked. Other refusals end when somebody invites the app or mends a token. */
const incurable = [
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_arguments',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
  'cant_update_message',
  'edit_window_closed',
  'user_not_in_channel',
];
const missing = ['message_not_found', 'user_not_found', 'thread_not_found'];

/** What people can do about a refusal. */
const advice: Record<string, string> = {
  channel_not_found: 'Does the channel exist, and was the app invited to it?',
  not_in_channel: 'Invite the app to the channel.',
  is_archived: 'The channel is archived.',
  missing_scope: 'The app needs more scopes; see "Connect Slack".',
  invalid_auth: 'The token is not accepted.',
  token_revoked: 'The token was revoked.',
  account_inactive: 'The app was removed from the workspace.',
};

/**
 * Slack's API without any retrying of its own: what failed is tried again by the queue, which knows what happened.
 */
export class SlackApi {
  static create(options: {
    config: SlackConfig;
    logger: SlackLogger;
  }): SlackApi {
    const { botToken, apiUrl } = options.config;
    return new SlackApi(
      new WebClient(botToken, {
        ...(apiUrl && { slackApiUrl: apiUrl }),
        logger: options.logger,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: TIMEOUT_MS,
        allowAbsoluteUrls: false,
      }),
    );
  }

  readonly #client: WebClient;

  private constructor(client: WebClient) {
    this.#client = client;
  }

  /**
   * Calls once.
   *
   * @throws RateLimitedError to wait, InputError or NotFoundError when trying again cannot help, Error otherwise.
   */
  async call<T>(work: (client: WebClient) => Promise<T>): Promise<T> {
    try {
      return await work(this.#client);
    } catch (error) {
      throw explained(error);
    }
  }
}

function explained(caught: unknown): Error {
  const error = toError(caught) as Error & {
    code?: string;
    retryAfter?: number;
    data?: { error?: string };
  };
  if (error.code === ErrorCode.RateLimitedError) {
    const seconds = Math.max(1, Number(error.retryAfter) || 1);
    return new RateLimitedError(
      `Slack asks to wait ${seconds} s`,
      new Date(Date.now() + seconds * 1_000),
    );
  }
  if (error.code !== ErrorCode.PlatformError) {
    return new Error(`Slack did not answer: ${error.message}`);
  }
  const reason = error.data?.error ?? 'unknown_error';
  if (reason === 'ratelimited') {
    return new RateLimitedError(
      'Slack asks to wait',
      new Date(Date.now() + 30_000),
    );
  }
  const message = `Slack refused: ${reason}${
    advice[reason] ? `. ${advice[reason]}` : ''
  }`;
  if (missing.includes(reason)) {
    return new NotFoundError(message);
  }
  return incurable.includes(reason)
    ? new InputError(message)
    : new Error(message);
}
