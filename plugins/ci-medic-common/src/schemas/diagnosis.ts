import { z } from 'zod';

/**
 * What kind of failure it is. `unknown` is a real answer: the confidence is under the calibrated threshold.
 *
 * @public
 */
export const failureCategorySchema = z.enum([
  'flaky_test',
  'dependency',
  'infrastructure',
  'configuration',
  'code',
  'unknown',
]);

/** @public */
export type FailureCategory = z.infer<typeof failureCategorySchema>;

/**
 * What decided a diagnosis, or spoke beside it.
 *
 * @public
 */
export const diagnosisSourceSchema = z.enum([
  'model',
  'signature',
  'history',
  'figure',
  'feedback',
]);

/** @public */
export type DiagnosisSource = z.infer<typeof diagnosisSourceSchema>;

/**
 * One thing that weighed in a diagnosis, in words.
 *
 * @public
 */
export const diagnosisReasonSchema = z.object({
  source: diagnosisSourceSchema,
  /** The category that it speaks for. */
  category: failureCategorySchema,
  /** How much it weighed, in natural logarithms of odds; negative speaks against the category. */
  weight: z.number(),
  /** One sentence for people. */
  text: z.string(),
  /** Lines of the log that it rests on, first and last included. */
  lines: z.array(z.tuple([z.number().int(), z.number().int()])).optional(),
});

/** @public */
export type DiagnosisReason = z.infer<typeof diagnosisReasonSchema>;

/**
 * What kind of failure an incident is, how sure that is, and why.
 *
 * @public
 */
export const diagnosisSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  /** `figure` where nothing failed, so that there is nothing to run again. */
  subject: z.literal('figure').optional(),
  /** Failed job whose log it rests on. */
  jobId: z.string().optional(),
  category: failureCategorySchema,
  /** Key of a sub-category, such as `infrastructure.out_of_memory`. */
  subCategory: z.string().optional(),
  /** Calibrated probability that the category is right, from 0 to 1. */
  confidence: z.number().min(0).max(1),
  secondBest: z
    .object({
      category: failureCategorySchema,
      subCategory: z.string().optional(),
      confidence: z.number().min(0).max(1),
    })
    .optional(),
  /** Probability of each category; they add up to 1. */
  probabilities: z.record(failureCategorySchema, z.number()),
  /** Probability that the same commit passes when it is run again without any change. */
  transient: z.number().min(0).max(1),
  decidedBy: diagnosisSourceSchema,
  /** The strongest first. */
  reasons: z.array(diagnosisReasonSchema),
  /** For `unknown`: what would settle it, in sentences. */
  wouldSettle: z.array(z.string()),
  /** What did not answer, such as the model service; it is filled in later. */
  missing: z.array(z.object({ part: z.string(), reason: z.string() })),
  model: z.object({ name: z.string(), version: z.string() }).optional(),
  createdAt: z.iso.datetime(),
});

/** @public */
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/**
 * A kind of failure, fine enough to give advice for.
 *
 * @public
 */
export const failureKindSchema = z.object({
  /** Such as `infrastructure.disk_full`. */
  key: z.string(),
  category: failureCategorySchema,
  title: z.string(),
  description: z.string(),
  /** What to do, in this order. */
  advice: z.array(z.string()),
});

/** @public */
export type FailureKind = z.infer<typeof failureKindSchema>;

/**
 * The diagnosis of an incident, and how it came to be.
 *
 * @public
 */
export const incidentDiagnosisSchema = z.object({
  /** Absent until there is one. */
  diagnosis: diagnosisSchema.optional(),
  /** What its sub-category means. */
  kind: failureKindSchema.optional(),
  /** Newest first, the current one included. */
  history: z.array(
    diagnosisSchema
      .pick({
        id: true,
        category: true,
        subCategory: true,
        confidence: true,
        decidedBy: true,
      })
      .extend({ at: z.iso.datetime() }),
  ),
});

/** @public */
export type IncidentDiagnosis = z.infer<typeof incidentDiagnosisSchema>;
