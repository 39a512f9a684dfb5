import { AlertAction } from '@ci-medic/plugin-ci-medic-common';

/**
 * A change that may have caused an incident, as an alert names it.
 *
 * @public
 */
export type AlertSuspect = {
  /** Such as `45 %: Bump left-pad to 9 (3f2a9c1)`. */
  text: string;
  /** Why it is suspected. */
  reason?: string;
  /** Web address on the host of the CI system. */
  url?: string;
};

/**
 * What an alert says. All texts are plain, bounded, and free of control characters; escaping is up to the channel.
 *
 * @public
 */
export type AlertMessage = {
  incidentId: string;
  /** `figure` where nothing failed and something is unusual all the same. */
  subject?: 'figure';
  state: 'open' | 'resolved';
  /** `note`: the message proper goes to the owners of the cause, and this only points there. */
  kind: 'incident' | 'note';
  /** The turning point that the message is about. */
  turningPoint:
    | 'opened'
    | 'diagnosed'
    | 'acted'
    | 'reopened'
    | 'resolved'
    | 'closed_stale';
  title: string;
  /** What happened, in sentences. */
  summary: string;
  /** What kind of failure it is, and what that rests on. */
  diagnosis?: {
    /** Such as `80 % flaky test`. */
    text: string;
    basis: string[];
  };
  /** At most 8 redacted lines of the log. */
  evidence: string[];
  /** At most 3, the most likely first. */
  suspects: AlertSuspect[];
  /** What most likely caused it, in one sentence. */
  cause?: string;
  /** What was done and what happens next, in sentences. */
  next: string[];
  entityRefs: string[];
  /** Path of the incident in the portal. */
  path: string;
  /** Web address of the latest failed job or run. */
  runUrl?: string;
  /** Buttons, in this order. */
  actions: AlertAction[];
};

/**
 * Something that belongs below a message, such as a failure that occurred again.
 *
 * @public
 */
export type AlertNote = {
  text: string;
  url?: string;
};
