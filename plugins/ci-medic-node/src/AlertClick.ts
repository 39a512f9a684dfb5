import { AlertActionInput } from '@ci-medic/plugin-ci-medic-common';
import { JsonObject } from '@backstage/types';

/**
 * A button that somebody pressed in a channel.
 *
 * @public
 */
export type AlertClick = {
  /** Names the click. When it is delivered again it has the same id. */
  clickId: string;
  /** Id of the channel. */
  channel: string;
  /** Id of the button as the message had it; nothing else of what was sent back is believed. */
  actionId: string;
  /** Who pressed it, in the channel's terms. */
  person: string;
  /** What the person filled in. */
  input?: AlertActionInput;
  /** What the channel needs to answer. Holds no secrets: it is stored. */
  context?: JsonObject;
};

/**
 * Where channels leave clicks.
 *
 * @public
 */
export interface AlertClicks {
  /**
   * Stores a click. When this resolves it is durable, and is acted on later; only then may the channel be answered.
   *
   * @returns `duplicate` when the same click was stored before; it changes nothing.
   */
  take(click: AlertClick): Promise<'stored' | 'duplicate'>;
}

/**
 * Whom the catalog knows a person of a channel as, or why nobody.
 *
 * @public
 */
export type AlertPerson =
  | { userRef: string; because: string }
  | { refusal: string };
