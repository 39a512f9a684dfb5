import { ConflictError, InputError } from '@backstage/errors';
import { AlertPreview } from '@ci-medic/plugin-ci-medic-common';
import {
  AlertChannel,
  AlertClicks,
  AlertMessage,
} from '@ci-medic/plugin-ci-medic-node';

const ID = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * The ways to tell people that modules brought in.
 */
export class ChannelRegistry {
  readonly #channels = new Map<string, AlertChannel>();

  /**
   * @throws ConflictError when the id is taken, InputError when it is malformed.
   */
  add(channel: AlertChannel): void {
    if (!ID.test(channel.id)) {
      throw new InputError(
        `'${channel.id}' cannot be the id of an alert channel: use lower-case letters, digits and hyphens`,
      );
    }
    if (this.#channels.has(channel.id)) {
      throw new ConflictError(
        `The alert channel ${channel.id} was brought in twice`,
      );
    }
    this.#channels.set(channel.id, channel);
  }

  /** Tells the channels where to leave clicks. */
  connect(clicks: AlertClicks): void {
    for (const channel of this.#channels.values()) {
      channel.connect?.(clicks);
    }
  }

  list(): AlertChannel[] {
    return [...this.#channels.values()];
  }

  titleOf(id: string): string {
    return this.#channels.get(id)?.title ?? id;
  }

  /** What a message looks like; `undefined` where that is not known. */
  previewOf(id: string, message: AlertMessage): AlertPreview | undefined {
    // A message that an earlier version wrote lacks what previews show.
    return message.actions && this.#channels.get(id)?.preview?.(message);
  }

  /**
   * @throws InputError when its module is not installed any more.
   */
  get(id: string): AlertChannel {
    const channel = this.#channels.get(id);
    if (!channel) {
      throw new InputError(
        `No module for the alert channel ${id} is installed`,
      );
    }
    return channel;
  }
}
