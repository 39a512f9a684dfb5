import {
  failureCategorySchema,
  remediationActionSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const patterns = z.array(z.string().min(1).max(255)).min(1).max(50);

/**
 * A strategy as it is written down: for which failures it is, what is done, what has to be true before, and what comes next.
 */
export const strategySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  title: z.string().min(1).max(200),
  /** `false` takes out a shipped strategy of the same id. */
  enabled: z.boolean().default(true),
  /** The failures that it is for. What is left out does not matter. */
  when: z
    .strictObject({
      categories: z.array(failureCategorySchema).min(1).optional(),
      /** Patterns such as `infrastructure.*`. */
      subCategories: patterns.optional(),
      /** Patterns of the name or the file of the pipeline. */
      pipelines: patterns.optional(),
      branches: patterns.optional(),
      events: patterns.optional(),
      minConfidence: share.optional(),
      /** Least probability that the same commit passes when it is run again. */
      minTransient: share.optional(),
      /** Whom the root cause blames. */
      verdicts: z
        .array(z.enum(['suspect', 'nobody', 'infrastructure', 'undecided']))
        .min(1)
        .optional(),
    })
    .default({}),
  action: remediationActionSchema,
  /** For the action; what it takes is in the documentation. */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** What has to be true before, besides what the action itself asks for. */
  requires: z
    .strictObject({
      /** At most so many attempts of the run were made. */
      maxAttempts: z.number().int().min(1).max(50).optional(),
      /** The run is not older than this. */
      maxAgeHours: z.number().positive().max(720).optional(),
      /**
       * So long the cause has not struck: for what passes by itself, but not at once. The time is as many times as long as
       * it struck runs within three hours, at most three times.
       */
      quietMinutes: z.number().positive().max(1_440).optional(),
      /** The incident struck at least so many runs. */
      minOccurrences: z.number().int().min(1).optional(),
    })
    .default({}),
  /** How long its success may take to show. */
  verify: z
    .strictObject({ withinMinutes: z.number().positive().max(10_080) })
    .optional(),
  /** What it costs and touches besides what the action says of itself; shown before anything happens. */
  costs: z.string().max(500).optional(),
  touches: z.string().max(500).optional(),
  /** The strategy to try when this one did not help. */
  otherwise: z.string().optional(),
});

/** A strategy that was checked. */
export type Strategy = z.infer<typeof strategySchema> & {
  source: 'shipped' | 'own';
};
