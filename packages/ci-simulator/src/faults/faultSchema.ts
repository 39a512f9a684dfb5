import { z } from 'zod';

const bytes = z
  .number()
  .int()
  .min(0)
  .max(2 ** 40);

/** Where a fault applies, and how often. */
const place = {
  /**
   * Path of the API without `/api/v3`: `*` stands for one part or a piece of
   * it, `**` for any number of parts.
   */
  path: z.string().startsWith('/').max(500),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
};

/** How often a fault strikes. */
const frequency = {
  /**
   * How many requests it hits before it is over: 1, or `always` where a
   * probability is given.
   */
  count: z.union([z.number().int().positive(), z.literal('always')]).optional(),
  /** How many requests pass unhurt first. */
  after: z.number().int().min(0).default(0),
  /** How likely each fitting request is hit. */
  probability: z.number().min(0).max(1).optional(),
  /** The same seed hits the same requests, counted in the order they come. */
  seed: z.union([z.number(), z.string()]).optional(),
};

const milliseconds = z.number().int().min(0).max(600_000);

const fault = <K extends string, T extends z.core.$ZodLooseShape>(
  kind: K,
  shape: T,
) =>
  z.strictObject({ kind: z.literal(kind), ...place, ...frequency, ...shape });

/** Where a fault of webhooks applies: everywhere when nothing is said. */
const webhookFault = <K extends string, T extends z.core.$ZodLooseShape>(
  kind: K,
  shape: T,
) =>
  z.strictObject({
    kind: z.literal(kind),
    event: z.string().optional(),
    action: z.string().optional(),
    ...frequency,
    ...shape,
  });

/**
 * What can be made to go wrong. The first group acts on the answer of the API,
 * the second on changes, the third on a download: a fault on a route that
 * redirects to a download takes effect there. The last acts on webhooks.
 *
 * @public
 */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Answers late. */
  fault('latency', { milliseconds }),
  /** Answers with an error, e.g. 500, or 410 for a log that has expired. */
  fault('status', {
    status: z.number().int().min(400).max(599).default(500),
    message: z.string().max(1000).optional(),
  }),
  /** Refuses for having been asked too often; `secondary` as GitHub means it. */
  fault('rate-limit', {
    status: z.union([z.literal(403), z.literal(429)]).default(403),
    secondary: z.boolean().default(false),
    retryAfterSeconds: z.number().int().min(0).max(86_400).default(60),
  }),
  /** Makes the change, then cuts the connection instead of answering. */
  fault('execute-then-drop', {}),
  /** Answers with an error, or cuts the connection, and changes nothing. */
  fault('fail-before', {
    status: z.number().int().min(500).max(599).default(502),
    drop: z.boolean().default(false),
  }),
  /**
   * Cuts the connection, and makes the change that long after, or at any moment
   * up to `atMost`.
   */
  fault('act-late', {
    milliseconds,
    atMost: milliseconds.optional(),
    /** How long the connection stays open before. */
    dropAfter: milliseconds.default(0),
  }),
  /** Cuts the connection: before an answer, or within a download. */
  fault('drop', { afterBytes: bytes.default(0) }),
  /** Ends a download early, as if that had been all. */
  fault('truncate', { afterBytes: bytes.default(0) }),
  /** A log of that size in place of the real one, made while it is sent. */
  fault('large-log', { bytes: bytes.default(2 ** 31) }),
  /** A log with one line of that size. */
  fault('long-line', { bytes: bytes.default(100 * 2 ** 20) }),
  /** A small zip archive that expands to that size. */
  fault('zip-bomb', { bytes: bytes.default(2 ** 32) }),
  /** A zip archive whose files want to go elsewhere. */
  fault('path-tricks', {}),
  /** Never sends a webhook; it can be redelivered. */
  webhookFault('webhook-lose', {}),
  /** Sends it later: that long, or any time up to `atMost`. */
  webhookFault('webhook-delay', {
    milliseconds,
    atMost: milliseconds.optional(),
  }),
  /** Sends it so many times. */
  webhookFault('webhook-duplicate', {
    copies: z.number().int().min(2).max(100).default(2),
  }),
  /** Sends it after the next one, or after a while when none follows. */
  webhookFault('webhook-reorder', { milliseconds: milliseconds.default(2000) }),
]);

/**
 * A fault as it is asked for.
 *
 * @public
 */
export type FaultInput = z.input<typeof faultSchema>;

/**
 * A fault with everything filled in.
 *
 * @public
 */
export type Fault = z.output<typeof faultSchema>;

/**
 * Faults of webhooks.
 *
 * @public
 */
export type WebhookFault = FaultOf<
  'webhook-lose' | 'webhook-delay' | 'webhook-duplicate' | 'webhook-reorder'
>;

/**
 * Faults of changes.
 *
 * @public
 */
export type MutationFault = FaultOf<
  'execute-then-drop' | 'fail-before' | 'act-late'
>;

/**
 * Faults of one kind.
 *
 * @public
 */
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
