import { z } from 'zod';
import { failureCategorySchema } from './diagnosis';
import { shareSchema } from './health';
import { seriesMetricSchema } from './series';

/**
 * Median of `n` durations with its 95 % interval, and the 90th percentile, in milliseconds. The interval rests on ranks,
 * so it holds whatever the durations look like; under 6 durations it is absent.
 *
 * @public
 */
export const durationInsightSchema = z.object({
  medianMs: z.number().nonnegative(),
  lowMs: z.number().nonnegative().optional(),
  highMs: z.number().nonnegative().optional(),
  p90Ms: z.number().nonnegative(),
  n: z.number().int().positive(),
});

/** @public */
export type DurationInsight = z.infer<typeof durationInsightSchema>;

/**
 * What failures of one category cost.
 *
 * @public
 */
export const lossSchema = z.object({
  category: failureCategorySchema,
  /** Failed jobs. */
  failures: z.number().int().nonnegative(),
  runnerMinutes: z.number().nonnegative(),
  developerMinutes: z.number().nonnegative(),
  /** In the configured currency: runners, and developers where their price is configured. */
  cost: z.number().nonnegative(),
});

/** @public */
export type Loss = z.infer<typeof lossSchema>;

const figures = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Completed runs that count, and how many of them failed. */
  runs: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** From the first failed run on a main branch to the next one that passes. */
  timeToGreen: durationInsightSchema.optional(),
  /** DORA's failed deployment recovery time: from a failed deployment to the next that succeeds. */
  deploymentRecovery: durationInsightSchema.optional(),
  successRate: shareSchema.optional(),
  /** Of the commits of which a job was judged, those on which it failed and passed. */
  flakyRate: shareSchema.optional(),
  queue: durationInsightSchema.optional(),
  runnerMinutes: z.number().nonnegative(),
  losses: z.array(lossSchema),
};

/** @public */
export const insightPeriodSchema = z.object(figures);

/** @public */
export type InsightPeriod = z.infer<typeof insightPeriodSchema>;

/**
 * A cause by what it cost.
 *
 * @public
 */
export const costlyCauseSchema = z.object({
  incidentId: z.string(),
  title: z.string(),
  state: z.enum(['open', 'resolved']),
  category: failureCategorySchema,
  subCategory: z.string().optional(),
  entityRefs: z.array(z.string()),
  owners: z.array(z.string()),
  failures: z.number().int().nonnegative(),
  runnerMinutes: z.number().nonnegative(),
  developerMinutes: z.number().nonnegative(),
  cost: z.number().nonnegative(),
  lastSeenAt: z.iso.datetime(),
  /** Id of the playbook about it. */
  playbookId: z.string().optional(),
});

/** @public */
export type CostlyCause = z.infer<typeof costlyCauseSchema>;

/**
 * A time in which something was red: a pipeline on a main branch, or a deployment.
 *
 * @public
 */
export const redPeriodSchema = z.object({
  id: z.string(),
  kind: z.enum(['main', 'deployment']),
  entityRefs: z.array(z.string()),
  pipeline: z.string(),
  branch: z.string().optional(),
  startedAt: z.iso.datetime(),
  /** Absent while it lasts. */
  endedAt: z.iso.datetime().optional(),
  /** So far, while it lasts. */
  durationMs: z.number().nonnegative(),
  firstRunId: z.string(),
  lastRunId: z.string().optional(),
  incidentId: z.string().optional(),
  category: failureCategorySchema,
  /** `automatic` and `person`: a remediation that CI Medic decided or a person asked for; `change`: anything else. */
  endedBy: z.enum(['automatic', 'person', 'change']).optional(),
});

/** @public */
export type RedPeriod = z.infer<typeof redPeriodSchema>;

/**
 * A confirmed change for the worse on a main branch; several figures that moved together are one.
 *
 * @public
 */
export const insightChangeSchema = z.object({
  /** Id of the anomaly. */
  id: z.string(),
  entityRefs: z.array(z.string()),
  subjectId: z.string(),
  metric: seriesMetricSchema,
  sentence: z.string(),
  beganAt: z.iso.datetime(),
  /** Absent while it lasts. */
  endedAt: z.iso.datetime().optional(),
  incidentId: z.string().optional(),
  /** Runs that it lasted for so far. */
  runs: z.number().int().nonnegative(),
  /** What these took longer than before, in all; absent where only rates moved. */
  runnerMinutes: z.number().optional(),
});

/** @public */
export type InsightChange = z.infer<typeof insightChangeSchema>;

/**
 * What the figures rest on.
 *
 * @public
 */
export const insightSettingsSchema = z.object({
  currency: z.string(),
  /** Prices of a runner minute by label; `*` stands for all other runners. */
  runnerPrices: z.array(
    z.object({ label: z.string(), perMinute: z.number().nonnegative() }),
  ),
  /** Minutes that a person is assumed to spend on a failed run that nobody treated automatically. */
  developerMinutesPerFailure: z.number().nonnegative(),
  developerPricePerHour: z.number().nonnegative(),
  mainBranches: z.array(z.string()),
  /** Words by which pipelines and jobs are taken for deployments. */
  deploymentNames: z.array(z.string()),
});

/** @public */
export type InsightSettings = z.infer<typeof insightSettingsSchema>;

/**
 * Trends of some entities, for those who lead. Days begin at midnight UTC.
 *
 * @public
 */
export const insightsSchema = z.object({
  entityRefs: z.array(z.string()),
  /** Owners and systems that can be filtered by. */
  owners: z.array(z.string()),
  systems: z.array(z.string()),
  current: insightPeriodSchema,
  /** The same number of days before. */
  previous: insightPeriodSchema,
  /** Weeks, or days in a window of at most 31 days; oldest first. */
  trend: z.array(insightPeriodSchema),
  recoveries: z.object({
    automatic: z.number().int().nonnegative(),
    person: z.number().int().nonnegative(),
    change: z.number().int().nonnegative(),
  }),
  /** By minutes lost, most first. */
  causes: z.array(costlyCauseSchema),
  redPeriods: z.array(redPeriodSchema),
  /** Those that lasted into the window, by runner minutes, most first. */
  changes: z.array(insightChangeSchema),
  settings: insightSettingsSchema,
  /** When the newest run was stored that they rest on. */
  updatedAt: z.iso.datetime().optional(),
});

/** @public */
export type Insights = z.infer<typeof insightsSchema>;
