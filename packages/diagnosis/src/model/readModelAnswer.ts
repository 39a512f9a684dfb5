import { ModelInput } from '../DiagnosisInput';
import { KnownCategory } from '../taxonomy/SubCategory';
import { KNOWN_CATEGORIES } from '../taxonomy/taxonomy';

/** A model that can be weighed. */
export type ModelAnswer = {
  name: string;
  version: string;
  probabilities: Record<KnownCategory, number>;
  transient?: number;
};

/** How far the sum of probabilities may be from 1. */
const ROUNDING = 0.01;

const isProbability = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 1;

/** Takes an answer only when all of it has the right shape; a half-right answer is a wrong one. */
export function readModelAnswer(
  input: Exclude<ModelInput, { missing: string }>,
): ModelAnswer | { refused: string } {
  const { name, version, categories, probabilities, transient } = input;
  if (!Array.isArray(categories) || !Array.isArray(probabilities)) {
    return {
      refused: 'The answer has no list of categories and probabilities',
    };
  }
  if (categories.length !== probabilities.length) {
    return {
      refused: `The answer has ${categories.length} categories and ${probabilities.length} probabilities`,
    };
  }
  const missing = KNOWN_CATEGORIES.filter(one => !categories.includes(one));
  if (missing.length > 0) {
    return { refused: `The answer lacks the category ${missing.join(', ')}` };
  }
  if (categories.length > KNOWN_CATEGORIES.length) {
    return {
      refused: `The answer has ${categories.length} categories, of which ${KNOWN_CATEGORIES.length} are known`,
    };
  }
  if (!probabilities.every(isProbability)) {
    return { refused: 'The answer has a probability that is none' };
  }
  const sum = probabilities.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) > ROUNDING) {
    return { refused: `The probabilities add up to ${sum.toFixed(3)}, not 1` };
  }
  if (transient !== undefined && !isProbability(transient)) {
    return { refused: 'The probability that a rerun passes is none' };
  }
  const entries = KNOWN_CATEGORIES.map(category => [
    category,
    probabilities[categories.indexOf(category)],
  ]);
  return {
    name: String(name),
    version: String(version),
    probabilities: Object.fromEntries(entries),
    ...(transient !== undefined && { transient }),
  };
}
