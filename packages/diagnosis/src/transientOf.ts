import { logit, sigmoid } from './evidence/odds';
import { EvidenceSum } from './evidence/sumEvidence';
import { KnownCategory } from './taxonomy/SubCategory';
import { findSubCategory, KNOWN_CATEGORIES } from './taxonomy/taxonomy';

/** What a category is worth where its sub-category is not known. */
const USUALLY: Readonly<Record<KnownCategory, number>> = {
  flaky_test: 0.85,
  dependency: 0.08,
  infrastructure: 0.82,
  configuration: 0.08,
  code: 0.08,
};

/** The probability that a rerun passes: what is usual for each kind, then what is known of this one. */
export function transientOf(options: {
  probabilities: Readonly<Record<KnownCategory, number>>;
  sum: EvidenceSum;
  subCategoryOf(category: KnownCategory): string | undefined;
}): number {
  const { probabilities, sum, subCategoryOf } = options;
  const usual = KNOWN_CATEGORIES.reduce((total, category) => {
    const key = subCategoryOf(category);
    const known = key === undefined ? undefined : findSubCategory(key);
    const prior = known?.transient ?? USUALLY[category];
    return total + probabilities[category] * prior;
  }, 0);
  return sigmoid(logit(usual) + sum.transient);
}
