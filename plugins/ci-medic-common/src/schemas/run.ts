import { z } from 'zod';

/**
 * Where a run, a job or a step stands. A state only moves forward, in this order.
 *
 * @public
 */
export const executionStatusSchema = z.enum([
  'queued',
  'in_progress',
  'completed',
]);

/** @public */
export type ExecutionStatus = z.infer<typeof executionStatusSchema>;

/**
 * How something that completed ended.
 *
 * @public
 */
export const conclusionSchema = z.enum([
  'success',
  'failure',
  'timed_out',
  'cancelled',
  'skipped',
  'neutral',
  'action_required',
  'startup_failure',
  'stale',
]);

/** @public */
export type Conclusion = z.infer<typeof conclusionSchema>;

/**
 * A repository of a CI system.
 *
 * @public
 */
export const projectRefSchema = z.object({
  /** Id of the CI provider, such as `github`. */
  provider: z.string(),
  /** Host name of the provider's web pages, such as `github.com`. */
  host: z.string(),
  /** Path of the repository on that host, such as `owner/name`. */
  slug: z.string(),
});

/** @public */
export type ProjectRef = z.infer<typeof projectRefSchema>;

/**
 * The commit that a run builds.
 *
 * @public
 */
export const commitSchema = z.object({
  sha: z.string(),
  /** First line of the commit message. */
  title: z.string().optional(),
  author: z.string().optional(),
  at: z.iso.datetime().optional(),
  url: z.string().optional(),
});

/** @public */
export type Commit = z.infer<typeof commitSchema>;

/**
 * A pipeline: GitHub calls it a workflow.
 *
 * @public
 */
export const pipelineSchema = z.object({
  /** The provider's id. */
  id: z.string(),
  name: z.string(),
  /** Path of its definition in the repository. */
  path: z.string().optional(),
});

/** @public */
export type Pipeline = z.infer<typeof pipelineSchema>;

/**
 * One attempt of a run. Attempts of the same run share its `id`.
 *
 * @public
 */
export const runSchema = z.object({
  /** Opaque id of the run, the same for all of its attempts. */
  id: z.string(),
  project: projectRefSchema,
  /** The provider's id of the run. */
  externalId: z.string(),
  /** Number of the run within its pipeline. */
  number: z.number().int().optional(),
  /** Counts from 1. */
  attempt: z.number().int().positive(),
  pipeline: pipelineSchema,
  title: z.string().optional(),
  /** What triggered it, in the provider's words, such as `push`. */
  event: z.string(),
  branch: z.string().optional(),
  commit: commitSchema,
  actor: z.string().optional(),
  pullRequests: z.array(z.number().int()),
  /** Whether the commit comes from a fork of the repository. */
  isFork: z.boolean(),
  status: executionStatusSchema,
  conclusion: conclusionSchema.optional(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  /** Milliseconds from start to completion of this attempt. */
  durationMs: z.number().nonnegative().optional(),
  /** Milliseconds that its first job waited for a runner. */
  queueMs: z.number().nonnegative().optional(),
  url: z.string().optional(),
});

/** @public */
export type Run = z.infer<typeof runSchema>;

/**
 * A run in a list: its latest attempt, and how the earlier ones ended.
 *
 * @public
 */
export const runSummarySchema = runSchema.extend({
  attempts: z.array(
    z.object({
      attempt: z.number().int().positive(),
      status: executionStatusSchema,
      conclusion: conclusionSchema.optional(),
      startedAt: z.iso.datetime().optional(),
      durationMs: z.number().nonnegative().optional(),
    }),
  ),
  failedJobs: z.number().int().nonnegative(),
  incidentIds: z.array(z.string()),
});

/** @public */
export type RunSummary = z.infer<typeof runSummarySchema>;
