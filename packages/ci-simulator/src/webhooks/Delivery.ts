/**
 * One try to deliver.
 *
 * @public
 */
export type DeliveryAttempt = {
  /** When, in ISO 8601. */
  at: string;
  milliseconds: number;
  /** Status that was answered; missing where nobody answered. */
  status?: number;
  /** Why nobody answered. */
  error?: string;
};

/**
 * What a webhook can be about.
 *
 * @public
 */
export type WebhookEventName =
  | 'workflow_run'
  | 'workflow_job'
  | 'push'
  | 'deployment'
  | 'deployment_status';

/**
 * A webhook delivery with all tries; redelivering keeps its id.
 *
 * @public
 */
export type Delivery = {
  /** `X-GitHub-Delivery`. */
  id: string;
  event: WebhookEventName;
  action: string;
  /** 0 where the event is about no run. */
  run: number;
  runAttempt: number;
  job?: number;
  /** When it was made, in ISO 8601, by the machine's clock. */
  at?: string;
  /** `owner/name`. */
  repository?: string;
  /** The first one first. */
  attempts: DeliveryAttempt[];
};

/**
 * What to deliver.
 *
 * @public
 */
export type DeliverRequest = {
  /** Identifier of the run. */
  run: number;
  /** The newest when missing. */
  attempt?: number;
  /** Both when missing. */
  events?: Array<Delivery['event']>;
  /** All when missing, e.g. `['completed']`. */
  actions?: string[];
};
