import { DiagnosisInput } from '../DiagnosisInput';
import { rankLines } from '../evidence/rankLines';
import { CONTEXT_FEATURES, contextFeatures } from './contextFeatures';
import { hashText, TEXT_FEATURES } from './hashText';

const MOST_LINES = 100;
const LONGEST_LINE = 300;

/**
 * Length of the vector that a model takes.
 *
 * @public
 */
export const FEATURES = TEXT_FEATURES + CONTEXT_FEATURES.length;

/**
 * What a model reads of a failure.
 *
 * @public
 */
export type ModelFeatures = {
  /** Lines of the log, those that explain most first. */
  text: string;
  /** The text by {@link hashText}, then {@link CONTEXT_FEATURES}. */
  features: Float32Array;
};

/**
 * A failure as a model reads it: its words, and a vector of them with what is
 * known besides. Of the log, at most 100 lines of 300 characters.
 *
 * @public
 */
export function modelFeatures(input: DiagnosisInput): ModelFeatures {
  const text = rankLines(input)
    .slice(0, MOST_LINES)
    .map(({ line }) => line.text.slice(0, LONGEST_LINE).trim())
    .join('\n');
  return { text, features: joinFeatures(text, contextFeatures(input)) };
}

/**
 * The vector for a text of which little else is known.
 *
 * @public
 */
export function joinFeatures(
  text: string,
  context: readonly number[] = [],
): Float32Array {
  const features = new Float32Array(FEATURES);
  features.set(hashText(text));
  features.set(context.slice(0, CONTEXT_FEATURES.length), TEXT_FEATURES);
  return features;
}
