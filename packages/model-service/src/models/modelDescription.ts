import { z } from 'zod';

/**
 * What stands beside a model, in `model.json`.
 *
 * @public
 */
export const modelDescriptionSchema = z.object({
  /** Names of the probabilities, in their order. */
  categories: z.array(z.string().min(1)).min(2).max(100),
  /** Names of the features after those of the text, in their order. */
  contextFeatures: z.array(z.string()).max(10_000),
  textFeatures: z.number().int().positive().max(1_000_000),
  /** When it was made, as ISO 8601. */
  trainedAt: z.iso.datetime({ offset: true }).optional(),
});

/** @public */
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;

/**
 * What a model says of one failure.
 *
 * @public
 */
export type Prediction = {
  /** In the order of the categories. */
  probabilities: number[];
  /** Probability that the same commit passes when it is run again. */
  transient?: number;
};
