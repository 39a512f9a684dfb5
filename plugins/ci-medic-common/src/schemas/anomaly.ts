import { z } from 'zod';
import {
  seriesMetricSchema,
  seriesPointSchema,
  seriesSubjectSchema,
  seriesUnitSchema,
  usualRangeSchema,
} from './series';

/**
 * A run by which a range of commits begins or ends.
 *
 * @public
 */
export const rangeEndSchema = z.object({
  at: z.iso.datetime(),
  runId: z.string().optional(),
  runNumber: z.number().int().optional(),
  commitSha: z.string().optional(),
});

/** @public */
export type RangeEnd = z.infer<typeof rangeEndSchema>;

/**
 * Something unusual in a series, with its numbers and what they rest on.
 *
 * @public
 */
export const anomalySchema = z.object({
  id: z.string(),
  subject: seriesSubjectSchema,
  metric: seriesMetricSchema,
  unit: seriesUnitSchema,
  kind: z.enum(['spike', 'shift', 'drift', 'rate', 'count', 'novel']),
  /** `note`: seen at once. `alert`: confirmed. `went_away`: as it was before. */
  stage: z.enum(['note', 'alert', 'went_away']),
  direction: z.enum(['up', 'down']),
  /** When it could be said. */
  at: z.iso.datetime(),
  /** Most likely the first run of the new. */
  began: rangeEndSchema,
  /** With this probability it began between these runs. */
  range: z
    .object({
      first: rangeEndSchema,
      last: rangeEndSchema,
      probability: z.number(),
    })
    .optional(),
  endedAt: z.iso.datetime().optional(),
  before: z.object({ value: z.number(), count: z.number().int() }),
  after: z.object({ value: z.number(), count: z.number().int() }),
  /** As a share of what was. */
  change: z.number().optional(),
  sentence: z.string(),
  /** Findings with the same group are one event. */
  groupId: z.string().optional(),
  incidentId: z.string().optional(),
  /** Why nobody was told. */
  quiet: z.string().optional(),
});

/** @public */
export type Anomaly = z.infer<typeof anomalySchema>;

/**
 * What is or was unusual with an entity.
 *
 * @public
 */
export const anomaliesSchema = z.object({
  items: z.array(anomalySchema),
  /** Older runs are not read or not judged yet, so that there may be more. */
  isReadingHistory: z.boolean(),
});

/** @public */
export type Anomalies = z.infer<typeof anomaliesSchema>;

/**
 * A series with what is usual and unusual in it, oldest points first.
 *
 * @public
 */
export const seriesSchema = z.object({
  subject: seriesSubjectSchema,
  metric: seriesMetricSchema,
  unit: seriesUnitSchema,
  unitName: z.string().optional(),
  points: z.array(seriesPointSchema),
  /** Points of the window that are left out, the oldest. */
  omitted: z.number().int().nonnegative(),
  usual: z.array(usualRangeSchema),
  anomalies: z.array(anomalySchema),
});

/** @public */
export type Series = z.infer<typeof seriesSchema>;

/**
 * What people want to hear of a metric of an entity.
 *
 * @public
 */
export const anomalySettingSchema = z.object({
  metric: seriesMetricSchema,
  /** `off`: not even shown. `quiet`: shown, nobody is told. `tell`: owners are told. */
  mode: z.enum(['off', 'quiet', 'tell']),
  /** Changes that are smaller are not shown, as a share: 0.2 is 20 %. */
  leastChange: z.number().min(0).max(10),
  /** How sure it has to be: `high` shows less. */
  certainty: z.enum(['normal', 'high']),
});

/** @public */
export type AnomalySetting = z.infer<typeof anomalySettingSchema>;

/** @public */
export const anomalySettingsSchema = z.object({
  items: z.array(
    anomalySettingSchema.extend({
      /** Whether this is what holds when nobody says otherwise. */
      isDefault: z.boolean(),
      changedBy: z.string().optional(),
      changedAt: z.iso.datetime().optional(),
    }),
  ),
});

/** @public */
export type AnomalySettings = z.infer<typeof anomalySettingsSchema>;

/**
 * What a setting would have shown.
 *
 * @public
 */
export const anomalyPreviewSchema = z.object({
  days: z.number().int().positive(),
  /** Series that were looked at, and their points in these days. */
  series: z.number().int().nonnegative(),
  points: z.number().int().nonnegative(),
  /** How many would be shown, and of how many owners would be told. */
  shown: z.number().int().nonnegative(),
  told: z.number().int().nonnegative(),
  /** The same for the setting as it is now. */
  now: z.object({
    shown: z.number().int().nonnegative(),
    told: z.number().int().nonnegative(),
  }),
  /** The newest of those that would be shown. */
  items: z.array(anomalySchema),
});

/** @public */
export type AnomalyPreview = z.infer<typeof anomalyPreviewSchema>;
