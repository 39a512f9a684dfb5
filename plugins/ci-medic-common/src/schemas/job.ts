import { z } from 'zod';
import { conclusionSchema, executionStatusSchema, runSchema } from './run';

/**
 * A step of a job.
 *
 * @public
 */
export const stepSchema = z.object({
  /** Position within the job, from 1. */
  number: z.number().int().positive(),
  name: z.string(),
  status: executionStatusSchema,
  conclusion: conclusionSchema.optional(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  durationMs: z.number().nonnegative().optional(),
});

/** @public */
export type Step = z.infer<typeof stepSchema>;

/**
 * What is known of a job's log.
 *
 * `pending`: will be read; `stored`: can be paged through; `expired`: the provider no longer has it; `rejected`: it
 * broke a limit or could not be read, see `reason`; `skipped`: configuration says not to read it.
 *
 * @public
 */
export const jobLogStateSchema = z.object({
  state: z.enum(['pending', 'stored', 'expired', 'rejected', 'skipped']),
  reason: z.string().optional(),
  lines: z.number().int().nonnegative().optional(),
  bytes: z.number().nonnegative().optional(),
  /** How many secrets were taken out before it was stored, by kind. */
  redactions: z.record(z.string(), z.number().int()).optional(),
});

/** @public */
export type JobLogState = z.infer<typeof jobLogStateSchema>;

/**
 * A job of one attempt of a run.
 *
 * @public
 */
export const jobSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  runId: z.string(),
  attempt: z.number().int().positive(),
  name: z.string(),
  status: executionStatusSchema,
  conclusion: conclusionSchema.optional(),
  createdAt: z.iso.datetime().optional(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  durationMs: z.number().nonnegative().optional(),
  /** Milliseconds from its creation until a runner took it. */
  queueMs: z.number().nonnegative().optional(),
  runner: z.object({
    name: z.string().optional(),
    group: z.string().optional(),
    labels: z.array(z.string()),
  }),
  steps: z.array(stepSchema),
  url: z.string().optional(),
  log: jobLogStateSchema,
  tests: z.object({
    passed: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
    skipped: z.number().int().nonnegative(),
    flaky: z.number().int().nonnegative(),
  }),
  incidentId: z.string().optional(),
});

/** @public */
export type Job = z.infer<typeof jobSchema>;

/**
 * One attempt of a run with its jobs, and what could not be read of it.
 *
 * @public
 */
export const runDetailSchema = z.object({
  run: runSchema,
  /** Numbers of the attempts that are known, ascending. */
  attempts: z.array(z.number().int().positive()),
  entityRefs: z.array(z.string()),
  jobs: z.array(jobSchema),
  /** Test cases that no job could be named for, because the artifact does not say. */
  tests: jobSchema.shape.tests,
  /** Artifacts that were refused or not understood, each with the reason. */
  problems: z.array(z.object({ subject: z.string(), reason: z.string() })),
});

/** @public */
export type RunDetail = z.infer<typeof runDetailSchema>;
