import { Evidence } from '../DiagnosisResult';
import { logit } from './odds';
import { ModelAnswer } from '../model/readModelAnswer';
import { KnownCategory } from '../taxonomy/SubCategory';
import { CATEGORY_TITLES, KNOWN_CATEGORIES } from '../taxonomy/taxonomy';
import { WEIGHTS } from '../weights';

/** No answer of a model is so sure that nothing else could matter. */
const SMALLEST = 0.01;

/** A model's answer as evidence: for each category the logarithm of its odds against an even guess. */
export function modelEvidence(answer: ModelAnswer): Evidence {
  const even = 1 / KNOWN_CATEGORIES.length;
  const categories: Partial<Record<KnownCategory, number>> = {};
  let best: KnownCategory = KNOWN_CATEGORIES[0];
  for (const category of KNOWN_CATEGORIES) {
    const probability = Math.max(SMALLEST, answer.probabilities[category]);
    categories[category] = WEIGHTS.model * Math.log(probability / even);
    if (answer.probabilities[category] > answer.probabilities[best]) {
      best = category;
    }
  }
  const percent = Math.round(100 * answer.probabilities[best]);
  return {
    source: 'model',
    text: `The model ${answer.name} ${answer.version} takes the words of the log for ${CATEGORY_TITLES[best]} (${percent} %).`,
    categories,
    ...(answer.transient !== undefined && {
      transient: WEIGHTS.modelTransient * logit(answer.transient),
    }),
  };
}
