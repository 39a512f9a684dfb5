import { z } from 'zod';

/**
 * What a test case did in one attempt of a run. `flaky` means that it failed and passed within this attempt.
 *
 * @public
 */
export const testCaseSchema = z.object({
  id: z.string(),
  runId: z.string(),
  attempt: z.number().int().positive(),
  jobId: z.string().optional(),
  suite: z.string().optional(),
  className: z.string().optional(),
  name: z.string(),
  file: z.string().optional(),
  line: z.number().int().nonnegative().optional(),
  outcome: z.enum(['passed', 'failed', 'error', 'skipped']),
  flaky: z.boolean(),
  durationMs: z.number().nonnegative().optional(),
  message: z.string().optional(),
  details: z.string().optional(),
  /** Artifact and entry that reported it. */
  report: z.string(),
});

/** @public */
export type TestCase = z.infer<typeof testCaseSchema>;
