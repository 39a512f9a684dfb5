import { z } from 'zod';
import { failureCategorySchema, failureKindSchema } from './diagnosis';

/**
 * What a person says of a diagnosis.
 *
 * @public
 */
export const feedbackSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  fingerprint: z.string(),
  verdict: z.enum(['right', 'wrong', 'not_an_incident']),
  /** The right category, for `wrong`. */
  category: failureCategorySchema.optional(),
  subCategory: z.string().optional(),
  /** What actually fixed it. */
  fixedBy: z.string().max(1_000).optional(),
  comment: z.string().max(2_000).optional(),
  /** Where it was given. */
  via: z.string(),
  actor: z.string(),
  at: z.iso.datetime(),
  /** When it was taken back. */
  undoneAt: z.iso.datetime().optional(),
  undoneBy: z.string().optional(),
});

/** @public */
export type Feedback = z.infer<typeof feedbackSchema>;

/** @public */
export const feedbackInputSchema = feedbackSchema.pick({
  verdict: true,
  category: true,
  subCategory: true,
  fixedBy: true,
  comment: true,
});

/** @public */
export type FeedbackInput = z.infer<typeof feedbackInputSchema>;

/**
 * What people said of an incident, and whether the caller may say something.
 *
 * @public
 */
export const incidentFeedbackSchema = z.object({
  /** Newest first. */
  items: z.array(feedbackSchema),
  allowed: z.boolean(),
  /** Why not. */
  reason: z.string().optional(),
  /** What can be chosen as the right kind of failure. */
  kinds: z.array(
    failureKindSchema.pick({ key: true, category: true, title: true }),
  ),
});

/** @public */
export type IncidentFeedback = z.infer<typeof incidentFeedbackSchema>;

/**
 * How right the diagnoses have been so far, by category.
 *
 * @public
 */
export const diagnosisAccuracySchema = z.object({
  since: z.iso.datetime().optional(),
  categories: z.array(
    z.object({
      category: failureCategorySchema,
      judged: z.number().int().nonnegative(),
      right: z.number().int().nonnegative(),
      /** Wilson's 95 % interval of the share that was right. */
      low: z.number(),
      high: z.number(),
    }),
  ),
});

/** @public */
export type DiagnosisAccuracy = z.infer<typeof diagnosisAccuracySchema>;
