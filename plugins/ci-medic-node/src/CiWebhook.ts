import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { IncomingHttpHeaders } from 'http';
import { ProviderJob, ProviderRun } from './types';

/**
 * A delivery whose signature was found right.
 *
 * @public
 */
export type VerifiedDelivery = {
  /** The system's id of the delivery; a repeated delivery has the same. */
  deliveryId: string;
  /** Name of the event as the system calls it. */
  event: string;
  hookId?: string;
};

/**
 * What a delivery says.
 *
 * @public
 */
export type WebhookEvent =
  | { kind: 'run'; project: ProjectRef; run: ProviderRun }
  | {
      kind: 'job';
      project: ProjectRef;
      runId: string;
      attempt: number;
      job: ProviderJob;
    }
  | { kind: 'ignored'; reason: string };

/**
 * The webhook side of a CI system. Verification comes first and sees raw bytes only; interpretation happens later,
 * from the stored delivery, and may be repeated.
 *
 * @public
 */
export interface CiWebhook {
  /**
   * Checks the signature in constant time.
   *
   * @throws AuthenticationError when the signature is missing or wrong, InputError when a header is missing.
   */
  verify(delivery: {
    headers: IncomingHttpHeaders;
    body: Buffer;
  }): VerifiedDelivery;

  /**
   * Reads a stored delivery.
   *
   * @throws InputError when the body is not what its event promises; the delivery is then given up with this reason.
   */
  interpret(delivery: { event: string; body: Buffer }): WebhookEvent;
}
