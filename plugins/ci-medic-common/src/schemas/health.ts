import { z } from 'zod';
import { backfillSchema } from './backfill';
import { pipelineSchema, projectRefSchema } from './run';

/**
 * A share with its basis: a 95 % Wilson interval over `n` cases.
 *
 * @public
 */
export const shareSchema = z.object({
  value: z.number().min(0).max(1),
  low: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
  n: z.number().int().positive(),
});

/** @public */
export type Share = z.infer<typeof shareSchema>;

/**
 * Median and 90th percentile of `n` durations, in milliseconds.
 *
 * @public
 */
export const durationStatisticSchema = z.object({
  medianMs: z.number().nonnegative(),
  p90Ms: z.number().nonnegative(),
  n: z.number().int().positive(),
});

/** @public */
export type DurationStatistic = z.infer<typeof durationStatisticSchema>;

const figures = {
  /** Completed runs that count: cancelled and skipped ones do not. */
  runs: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** Runs whose latest attempt succeeded; absent when no run counts. */
  successRate: shareSchema.optional(),
  duration: durationStatisticSchema.optional(),
  queue: durationStatisticSchema.optional(),
};

/** @public */
export const healthPeriodSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  ...figures,
});

/** @public */
export type HealthPeriod = z.infer<typeof healthPeriodSchema>;

/**
 * How the pipelines of an entity do, over a window and the window before it.
 *
 * @public
 */
export const healthSchema = z.object({
  entityRef: z.string(),
  project: projectRefSchema,
  projectUrl: z.string().optional(),
  branch: z.string().optional(),
  pipeline: z.string().optional(),
  current: healthPeriodSchema,
  previous: healthPeriodSchema,
  /** One period a day of the current window, oldest first, days without runs included. */
  days: z.array(healthPeriodSchema),
  pipelines: z.array(pipelineSchema),
  branches: z.array(z.string()),
  openIncidents: z.number().int().nonnegative(),
  backfill: backfillSchema.optional(),
  /** When a run of this entity was last stored. */
  updatedAt: z.iso.datetime().optional(),
});

/** @public */
export type Health = z.infer<typeof healthSchema>;
