import { z } from 'zod';

/**
 * Work that was given up, with the reason. It can be run again.
 *
 * @public
 */
export const deadLetterSchema = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string(),
  reason: z.string(),
  attempts: z.number().int().nonnegative(),
  createdAt: z.iso.datetime(),
  failedAt: z.iso.datetime(),
  redrivenAt: z.iso.datetime().optional(),
});

/** @public */
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/**
 * State of the intake, for operators.
 *
 * @public
 */
export const statusSchema = z.object({
  /** `none` means that everything is lost at a restart. */
  durability: z.enum(['none', 'disk']),
  database: z.string(),
  providers: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      webhooks: z.enum(['on', 'off']),
      projects: z.number().int().nonnegative(),
    }),
  ),
  /** Deliveries by what became of them; they add up to `received`. */
  deliveries: z.object({
    received: z.number().int().nonnegative(),
    processed: z.number().int().nonnegative(),
    ignored: z.number().int().nonnegative(),
    dead: z.number().int().nonnegative(),
    pending: z.number().int().nonnegative(),
  }),
  work: z.array(
    z.object({
      kind: z.string(),
      queued: z.number().int().nonnegative(),
      running: z.number().int().nonnegative(),
      dead: z.number().int().nonnegative(),
      /** Age of the oldest work that is due, in milliseconds. */
      oldestDueMs: z.number().nonnegative().optional(),
    }),
  ),
  replicas: z.array(z.object({ id: z.string(), seenAt: z.iso.datetime() })),
});

/** @public */
export type Status = z.infer<typeof statusSchema>;
