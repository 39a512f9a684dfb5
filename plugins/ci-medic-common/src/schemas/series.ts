import { z } from 'zod';

/**
 * What is measured of a run, a job, a test or a log template. `duration` is the only one of tests, `value` that of figures
 * from outside and of templates.
 *
 * @public
 */
export const seriesMetricSchema = z.enum([
  'duration',
  'queue',
  'attempts',
  'failure',
  'flip',
  'timeout',
  'minutes',
  'cost',
  'log_size',
  'value',
]);

/** @public */
export type SeriesMetric = z.infer<typeof seriesMetricSchema>;

/**
 * Unit of the values. `share` is of runs, and each of its points is 0 or 1.
 *
 * @public
 */
export const seriesUnitSchema = z.enum([
  'seconds',
  'minutes',
  'bytes',
  'share',
  'count',
  'currency',
  'other',
]);

/** @public */
export type SeriesUnit = z.infer<typeof seriesUnitSchema>;

/**
 * Main branches are kept apart from all others, because people wait for them and what is tried out does not run on them.
 *
 * @public
 */
export const branchClassSchema = z.enum(['main', 'other']);

/** @public */
export type BranchClass = z.infer<typeof branchClassSchema>;

/**
 * Something that is measured.
 *
 * @public
 */
export const seriesSubjectSchema = z.object({
  id: z.string(),
  kind: z.enum(['pipeline', 'job', 'source', 'test', 'template']),
  pipeline: z.string().optional(),
  job: z.string().optional(),
  /** Of a figure from outside, a test or a log template. */
  name: z.string().optional(),
  branchClass: branchClassSchema.optional(),
  /** Labels of its runners. */
  runnerClass: z.string().optional(),
});

/** @public */
export type SeriesSubject = z.infer<typeof seriesSubjectSchema>;

/**
 * A subject with what is known of it.
 *
 * @public
 */
export const seriesSummarySchema = seriesSubjectSchema.extend({
  lastAt: z.iso.datetime(),
  metrics: z.array(
    z.object({
      metric: seriesMetricSchema,
      unit: seriesUnitSchema,
      unitName: z.string().optional(),
      points: z.number().int().positive(),
      /** Anomalies that have not gone away. */
      anomalies: z.number().int().nonnegative(),
    }),
  ),
});

/** @public */
export type SeriesSummary = z.infer<typeof seriesSummarySchema>;

/** @public */
export const seriesPointSchema = z.object({
  at: z.iso.datetime(),
  value: z.number(),
  runId: z.string().optional(),
  runNumber: z.number().int().optional(),
  commitSha: z.string().optional(),
  jobId: z.string().optional(),
});

/** @public */
export type SeriesPoint = z.infer<typeof seriesPointSchema>;

/**
 * What is usual, where a detector could say it: between `low` and `high`.
 *
 * @public
 */
export const usualRangeSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  low: z.number(),
  middle: z.number(),
  high: z.number(),
});

/** @public */
export type UsualRange = z.infer<typeof usualRangeSchema>;

/**
 * How far the series of a project have been built anew.
 *
 * @public
 */
export const seriesBuildSchema = z.object({
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** Runs that were taken, of those that are stored. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
});

/** @public */
export type SeriesBuild = z.infer<typeof seriesBuildSchema>;
