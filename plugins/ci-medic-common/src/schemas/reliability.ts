import { z } from 'zod';
import { shareSchema } from './health';

/**
 * How reliable a test is. `suspect` failed and passed on one commit once, `flaky` again and often enough, `broken` fails
 * whatever is tried, `unstable` comes and goes and was never tried again on one commit, `unknown` has too few results.
 *
 * @public
 */
export const testVerdictSchema = z.enum([
  'healthy',
  'suspect',
  'flaky',
  'broken',
  'unstable',
  'unknown',
]);

/** @public */
export type TestVerdict = z.infer<typeof testVerdictSchema>;

/**
 * A test case over all runs, and how reliable it is.
 *
 * @public
 */
export const testReliabilitySchema = z.object({
  id: z.string(),
  pipeline: z.string(),
  job: z.string().optional(),
  suite: z.string().optional(),
  className: z.string().optional(),
  name: z.string(),
  file: z.string().optional(),
  verdict: testVerdictSchema,
  /** Share of commits on which it both failed and passed, with its interval. */
  flips: shareSchema.optional(),
  /** The latest commits on which it both failed and passed, newest first. */
  lastFlips: z.array(
    z.object({
      at: z.iso.datetime(),
      commitSha: z.string(),
      runId: z.string().optional(),
    }),
  ),
  /** What its failures have in common. */
  correlations: z.array(z.string()),
  /** Runner minutes that were spent on running it again. */
  costMinutes: z.number().nonnegative(),
  sentence: z.string(),
  lastAt: z.iso.datetime(),
});

/** @public */
export type TestReliability = z.infer<typeof testReliabilitySchema>;

/**
 * One execution of a test.
 *
 * @public
 */
export const testExecutionSchema = z.object({
  runId: z.string(),
  attempt: z.number().int().positive(),
  jobId: z.string().optional(),
  runNumber: z.number().int().optional(),
  branch: z.string().optional(),
  commitSha: z.string(),
  runner: z.string().optional(),
  at: z.iso.datetime(),
  outcome: z.enum(['passed', 'failed', 'error', 'skipped']),
  /** It failed and passed within this execution. */
  flaky: z.boolean(),
  durationMs: z.number().nonnegative().optional(),
  message: z.string().optional(),
});

/** @public */
export type TestExecution = z.infer<typeof testExecutionSchema>;

/**
 * A test with its history, newest first.
 *
 * @public
 */
export const testHistorySchema = z.object({
  test: testReliabilitySchema,
  executions: z.array(testExecutionSchema),
  /** Subjects of which the durations of this test are series; empty where it is too fast for that. */
  subjectIds: z.array(z.string()),
  /** How many there are; the oldest may be left out of the list. */
  total: z.number().int().nonnegative(),
});

/** @public */
export type TestHistory = z.infer<typeof testHistorySchema>;
