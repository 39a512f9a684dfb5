import { z } from 'zod';
import { SlackApi } from './SlackApi';
import { SlackConfig } from './SlackConfig';

const originSchema = z.object({
  team: z.object({ id: z.string() }),
  api_app_id: z.string().optional(),
});

/**
 * Knows the workspace and the app that are connected.
 */
export class SlackOrigin {
  readonly #api: SlackApi;
  readonly #config: SlackConfig;
  #teamId?: string;

  constructor(options: { api: SlackApi; config: SlackConfig }) {
    this.#api = options.api;
    this.#config = options.config;
    this.#teamId = options.config.teamId;
  }

  /** Whether what came is of the workspace and the app that are connected. */
  async isOurs(body: object): Promise<boolean> {
    const origin = originSchema.safeParse(body);
    if (!origin.success) {
      return false;
    }
    const { appId } = this.#config;
    const { team, api_app_id: from } = origin.data;
    return (!appId || from === appId) && team.id === (await this.#team());
  }

  /** The workspace of the token, asked for once. */
  async #team(): Promise<string> {
    this.#teamId ??= (
      await this.#api.call(client => client.auth.test())
    ).team_id;
    return this.#teamId!;
  }
}
