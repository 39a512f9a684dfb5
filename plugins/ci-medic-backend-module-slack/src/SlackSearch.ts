import { SlackApi } from './SlackApi';

const EVENT_TYPE = 'ci_medic_alert';
const PAGE = 200;
const MOST_PAGES = 5;

/** A message, as far as it is recognized. */
type Found = {
  ts?: string;
  metadata?: { event_type?: string; event_payload?: object };
};

/**
 * Recognizes messages of ours by what they carry along unseen, so that nothing is said twice when nobody knows whether it
 * was said.
 */
export class SlackSearch {
  readonly #api: SlackApi;

  constructor(options: { api: SlackApi }) {
    this.#api = options.api;
  }

  /** What a message carries along. */
  static mark(id: string) {
    return { event_type: EVENT_TYPE, event_payload: { id } };
  }

  /** The message with a mark among the latest of a channel. */
  async message(
    channel: string,
    id: string,
  ): Promise<{ channel: string; ts: string } | undefined> {
    const channelId = await this.#channelId(channel);
    let cursor: string | undefined;
    for (let page = 0; channelId && page < MOST_PAGES; page++) {
      const answer = await this.#history(channelId, cursor);
      const ts = tsOf(answer.messages, id);
      if (ts) {
        return { channel: channelId, ts };
      }
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (!cursor) {
        break;
      }
    }
    return undefined;
  }

  /** Whether a reply with a mark is in a thread. */
  async hasReply(channel: string, ts: string, id: string): Promise<boolean> {
    const answer = await this.#api.call(client =>
      client.conversations.replies({
        ...{ channel, ts, limit: 1_000 },
        include_all_metadata: true,
      }),
    );
    return tsOf(answer.messages, id) !== undefined;
  }

  /** A channel is posted to by its name, but searched by its id. */
  async #channelId(channel: string): Promise<string | undefined> {
    if (/^[CGD][A-Z0-9]{6,}$/.test(channel)) {
      return channel;
    }
    const name = channel.replace(/^#/, '');
    let cursor: string | undefined;
    do {
      const answer = await this.#channels(cursor);
      const found = answer.channels?.find(one => one.name === name);
      if (found) {
        return found.id;
      }
      cursor = answer.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return undefined;
  }

  #history(channel: string, cursor?: string) {
    return this.#api.call(client =>
      client.conversations.history({
        ...{ channel, limit: PAGE, cursor },
        include_all_metadata: true,
      }),
    );
  }

  #channels(cursor?: string) {
    return this.#api.call(client =>
      client.conversations.list({
        ...{ limit: 1_000, cursor, exclude_archived: true },
        types: 'public_channel,private_channel',
      }),
    );
  }
}

function tsOf(messages: Found[] = [], id: string): string | undefined {
  return messages.find(
    ({ metadata }) =>
      metadata?.event_type === EVENT_TYPE &&
      (metadata.event_payload as { id?: unknown } | undefined)?.id === id,
  )?.ts;
}
