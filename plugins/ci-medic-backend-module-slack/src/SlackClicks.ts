import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { AlertClicks } from '@ci-medic/plugin-ci-medic-node';
import { App, BlockAction, Receiver } from '@slack/bolt';
import { createHash } from 'crypto';
import { z } from 'zod';
import { feedbackCallback, feedbackModal, readFeedback } from './feedbackModal';
import { actionPrefix } from './messageBlocks';
import { SlackApi } from './SlackApi';
import { SlackConfig } from './SlackConfig';
import { SlackLogger } from './SlackLogger';

const CHANNEL = 'slack';

const pressSchema = z.object({
  trigger_id: z.string().min(1),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
});
const buttonSchema = z.object({
  action_id: z.string(),
  action_ts: z.string().optional(),
  value: z.string().max(64),
});

/**
 * Listens for buttons through Bolt and leaves each click where it is durable, before it is answered. What happens then
 * is none of its business.
 */
export class SlackClicks {
  readonly #app: App;
  readonly #api: SlackApi;
  readonly #logger: LoggerService;
  readonly #clicks: () => AlertClicks;

  constructor(options: {
    api: SlackApi;
    config: SlackConfig;
    logger: LoggerService;
    receiver: Receiver;
    /** Whether what came is of the workspace and the app that are connected. */
    isOurs(body: object): Promise<boolean>;
    clicks(): AlertClicks;
  }) {
    const { config, logger, receiver, isOurs } = options;
    this.#api = options.api;
    this.#logger = logger;
    this.#clicks = options.clicks;
    this.#app = new App({
      receiver,
      // Bolt has nothing to find out about the workspace: there is one token.
      authorize: async () => ({ botToken: config.botToken }),
      logger: new SlackLogger(logger),
      clientOptions: {
        ...(config.apiUrl && { slackApiUrl: config.apiUrl }),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    });
    this.#app.error(async error => {
      throw error;
    });
    this.#app.use(async ({ body, next }) => {
      if (await isOurs(body)) {
        await next();
      }
    });
    this.#app.action<BlockAction>(
      new RegExp(`^${actionPrefix.replace('.', '\\.')}`),
      async ({ ack, action, body }) => {
        const button = buttonSchema.safeParse(action);
        if (!button.success) {
          // A button that is a link: Slack tells of it all the same.
          await ack();
          return;
        }
        if (button.data.action_id === `${actionPrefix}wrong`) {
          await ack();
          await this.#ask(body, button.data.value);
          return;
        }
        await this.#take(body, { actionId: button.data.value });
        await ack();
      },
    );
    this.#app.view(feedbackCallback, async ({ ack, body, view }) => {
      const { actionId, channel, input } = readFeedback(view);
      await this.#take(body, { actionId, channel, input });
      await ack();
    });
  }

  start(): Promise<unknown> {
    return this.#app.start();
  }

  stop(): Promise<unknown> {
    return this.#app.stop();
  }

  async #take(
    body: unknown,
    click: Pick<Parameters<AlertClicks['take']>[0], 'actionId' | 'input'> & {
      channel?: string;
    },
  ): Promise<void> {
    const press = pressSchema.parse(body);
    const channel = press.channel?.id ?? click.channel;
    await this.#clicks().take({
      // A press has one trigger. Whoever sends the same request again brings the same one.
      clickId: createHash('sha256')
        .update(press.trigger_id)
        .digest('base64url'),
      channel: CHANNEL,
      actionId: click.actionId,
      person: press.user.id,
      input: click.input,
      context: channel ? { channel } : {},
    });
  }

  /** Opens the dialog. It does nothing yet, and who presses the button again gets another one. */
  async #ask(body: unknown, actionId: string): Promise<void> {
    const { trigger_id: triggerId, channel } = pressSchema.parse(body);
    try {
      await this.#api.call(client =>
        client.views.open({
          trigger_id: triggerId,
          view: feedbackModal({ actionId, channel: channel?.id }),
        }),
      );
    } catch (error) {
      this.#logger.warn(`A dialog was not opened: ${toError(error).message}`);
    }
  }
}
