import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { AlertPreview } from '@ci-medic/plugin-ci-medic-common';
import { AlertClicks, AlertPerson } from './AlertClick';
import { AlertMessage, AlertNote } from './AlertMessage';

/**
 * An owner of an entity and the groups above it, nearest first. Owners that the catalog does not know have a reference
 * only.
 *
 * @public
 */
export type AlertOwner = {
  ref: string;
  /** The owner itself, then its parent, and so on. Empty when the catalog does not have it. */
  groups: Entity[];
};

/**
 * Where a channel would tell the owners of an entity, or why nowhere.
 *
 * @public
 */
export type AlertDestination = {
  /** Stable name of the place within the channel; absent when there is none. */
  destination?: string;
  /** One sentence for people. */
  because: string;
};

/**
 * A way to tell people, such as Slack.
 *
 * @public
 */
export interface AlertChannel {
  /** Short and stable, such as `slack`; part of stored rows. */
  readonly id: string;
  readonly title: string;

  /** Why nothing can be sent yet, in one sentence. Messages are then only kept to be looked at. */
  readonly notConnected?: string;

  /** Where the owners of an entity are told. */
  route(options: { entity: Entity; owners: AlertOwner[] }): AlertDestination[];

  /**
   * Sends a message, or changes the one that `externalId` names. Returns the id by which it can be changed.
   *
   * @remarks
   *
   * `wasTried` says that a sending was begun before and nobody knows whether it got through: the channel looks for the
   * message, which it recognizes by `alertId`, before it sends another one. A `RateLimitedError` pauses, an `InputError`
   * or `NotFoundError` gives up, anything else is tried again with growing pauses.
   */
  send(request: {
    destination: string;
    /** Names the message for good. */
    alertId: string;
    externalId?: string;
    wasTried: boolean;
    message: AlertMessage;
    signal: AbortSignal;
  }): Promise<{ externalId: string }>;

  /** Adds to the thread of a message that was sent. Absent where there are no threads; then a change is news. */
  reply?(request: {
    destination: string;
    externalId: string;
    /** Names the reply for good. */
    replyId: string;
    wasTried: boolean;
    notes: AlertNote[];
    /** How many more there were. */
    more: number;
    signal: AbortSignal;
  }): Promise<void>;

  /** What a message looks like in the channel. */
  preview?(message: AlertMessage): AlertPreview;

  /** Called once, at start, with where to leave clicks. Absent where there are no buttons. */
  connect?(clicks: AlertClicks): void;

  /** Finds who pressed a button. Needed where there are buttons. */
  identify?(person: string): Promise<AlertPerson>;

  /** Tells a person in private what became of a click. */
  answer?(request: {
    person: string;
    context: JsonObject;
    text: string;
    signal: AbortSignal;
  }): Promise<void>;
}
