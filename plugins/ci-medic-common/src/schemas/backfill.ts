import { z } from 'zod';

/**
 * The reading of a repository's history. It goes on where it was after an interruption.
 *
 * @public
 */
export const backfillSchema = z.object({
  state: z.enum([
    'queued',
    'running',
    'waiting',
    'done',
    'cancelled',
    'failed',
  ]),
  days: z.number().int().positive(),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string().optional(),
  /** Runs seen so far, and how many of them are fully stored. */
  runsFound: z.number().int().nonnegative(),
  runsStored: z.number().int().nonnegative(),
  /** How far back it has read. */
  reachedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Why it waits or failed, such as the provider's rate limit. */
  reason: z.string().optional(),
  /** When it goes on, if it waits. */
  continuesAt: z.iso.datetime().optional(),
});

/** @public */
export type Backfill = z.infer<typeof backfillSchema>;
