import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AlertPreview,
  ANNOTATION_SLACK_CHANNEL,
} from '@ci-medic/plugin-ci-medic-common';
import {
  AlertChannel,
  AlertClicks,
  AlertDestination,
  AlertMessage,
  AlertOwner,
  AlertPerson,
  RateLimitedError,
} from '@ci-medic/plugin-ci-medic-node';
import type { WebClient } from '@slack/web-api';
import { escapeText } from './escapeText';
import {
  messageBlocks,
  messageText,
  noteBlocks,
  noteText,
} from './messageBlocks';
import { SlackApi } from './SlackApi';
import { hearsClicks, SlackConfig } from './SlackConfig';
import { SlackPacing } from './SlackPacing';
import { SlackPeople } from './SlackPeople';
import { SlackSearch } from './SlackSearch';

/** A name or an id as Slack has them; anything else would never be found. */
const CHANNEL = /^(#?[\p{Ll}\p{Lo}\p{N}_-]{1,80}|[CG][A-Z0-9]{6,20})$/u;

/** Nothing is made a link, a mention or a preview by itself. */
const literally = {
  parse: 'none',
  link_names: false,
  mrkdwn: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

type Options = {
  api: SlackApi;
  config: SlackConfig;
  pacing: SlackPacing;
  people: SlackPeople;
  search: SlackSearch;
  connect(clicks: AlertClicks): void;
};

/**
 * Slack: one message for an incident in the channel of the owner, changed in place, with what occurs again in its thread.
 */
export class SlackChannel implements AlertChannel {
  readonly id = 'slack';
  readonly title = 'Slack';
  readonly notConnected?: string;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.notConnected = options.config.botToken
      ? undefined
      : 'Slack is not connected: ciMedic.slack.botToken is not set';
  }

  route(options: { entity: Entity; owners: AlertOwner[] }): AlertDestination[] {
    const { entity, owners } = options;
    const own = channelOf(entity);
    if (own) {
      return [
        checked(own, `The entity names it in ${ANNOTATION_SLACK_CHANNEL}`),
      ];
    }
    if (owners.length === 0) {
      return [this.#standard('The entity has no owner in the catalog')];
    }
    return owners.map(({ ref, groups }) => {
      const group = groups.find(channelOf);
      if (group) {
        const name = stringifyEntityRef(group);
        return checked(
          channelOf(group)!,
          name === ref
            ? `${ref} owns the entity and names it`
            : `${ref} owns the entity, and ${name} above it names it`,
        );
      }
      return this.#standard(
        groups.length > 0
          ? `${ref} owns the entity, and neither it nor a group above it names a channel`
          : `The catalog does not have the owner ${ref}`,
      );
    });
  }

  async send(
    request: Parameters<AlertChannel['send']>[0],
  ): Promise<{ externalId: string }> {
    const { destination, alertId, message, signal, wasTried } = request;
    const { search } = this.#options;
    signal.throwIfAborted();
    const content = {
      ...literally,
      text: messageText(message),
      blocks: this.#blocks(message),
      metadata: SlackSearch.mark(alertId),
    };
    const known = request.externalId
      ? placeOf(request.externalId)
      : wasTried && (await search.message(destination, alertId));
    if (known) {
      await this.#say(known.channel, client =>
        client.chat.update({ ...content, ...known }),
      );
      return { externalId: `${known.channel}:${known.ts}` };
    }
    const posted = await this.#say(destination, client =>
      client.chat.postMessage({
        ...content,
        channel: destination.replace(/^#/, ''),
      }),
    );
    return { externalId: `${posted.channel}:${posted.ts}` };
  }

  async reply(
    request: Parameters<NonNullable<AlertChannel['reply']>>[0],
  ): Promise<void> {
    const { externalId, replyId, notes, more, signal, wasTried } = request;
    const { channel, ts } = placeOf(externalId);
    signal.throwIfAborted();
    const { search } = this.#options;
    if (wasTried && (await search.hasReply(channel, ts, replyId))) {
      return;
    }
    await this.#say(channel, client =>
      client.chat.postMessage({
        ...literally,
        ...{ channel, thread_ts: ts },
        text: noteText(notes, more),
        blocks: noteBlocks(notes, more),
        metadata: SlackSearch.mark(replyId),
      }),
    );
  }

  preview(message: AlertMessage): AlertPreview {
    const blocks = messageBlocks(message, {
      appUrl: this.#options.config.appUrl,
      hasButtons: true,
    });
    return {
      format: 'slack',
      blocks: blocks as unknown as AlertPreview['blocks'],
    };
  }

  connect(clicks: AlertClicks): void {
    this.#options.connect(clicks);
  }

  identify(person: string): Promise<AlertPerson> {
    return this.#options.people.find(person);
  }

  async answer(request: {
    person: string;
    context: JsonObject;
    text: string;
    signal: AbortSignal;
  }): Promise<void> {
    const { person, context, text } = request;
    const { channel } = context;
    if (typeof channel !== 'string') {
      throw new InputError('It is not known where the button was pressed');
    }
    await this.#options.api.call(client =>
      client.chat.postEphemeral({
        ...{ channel, user: person, text: escapeText(text) },
        parse: 'none',
        link_names: false,
      }),
    );
  }

  async #say<T>(
    channel: string,
    work: (client: WebClient) => Promise<T>,
  ): Promise<T> {
    const { api, pacing } = this.#options;
    await pacing.turn(channel);
    try {
      return await api.call(work);
    } catch (error) {
      if (error instanceof RateLimitedError) {
        pacing.pauseUntil(error.retryAt);
      }
      throw error;
    }
  }

  #blocks(message: AlertMessage) {
    const { config } = this.#options;
    const { appUrl } = config;
    return messageBlocks(message, { appUrl, hasButtons: hearsClicks(config) });
  }

  #standard(why: string): AlertDestination {
    const { defaultChannel } = this.#options.config;
    return defaultChannel
      ? checked(defaultChannel, `${why}; it is the default`)
      : { because: `${why}, and there is no default` };
  }
}

function channelOf(entity: Entity): string | undefined {
  return (
    entity.metadata.annotations?.[ANNOTATION_SLACK_CHANNEL]?.trim() || undefined
  );
}

function checked(channel: string, because: string): AlertDestination {
  if (!CHANNEL.test(channel)) {
    return { because: `${because}, but "${channel}" is no Slack channel` };
  }
  const isId = /^[CG][A-Z0-9]{6,20}$/.test(channel);
  return {
    destination: isId ? channel : `#${channel.replace(/^#/, '')}`,
    because,
  };
}

function placeOf(externalId: string): { channel: string; ts: string } {
  const [channel, ts] = externalId.split(':');
  return { channel, ts };
}
