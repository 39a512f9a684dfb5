import { KnownCategory } from './SubCategory';
import { findSubCategory } from './taxonomy';

/** What a category is called when no sign says more. */
const WITHOUT_SIGNS: Partial<Record<KnownCategory, string>> = {
  flaky_test: 'flaky_test.unstable',
};

/** The sub-category of a category for which most speaks. */
export function chooseSubCategory(
  category: KnownCategory,
  weights: ReadonlyMap<string, number>,
): string | undefined {
  let best: string | undefined;
  for (const [key, weight] of weights) {
    const isOwn = findSubCategory(key)?.category === category;
    if (isOwn && weight > (best ? weights.get(best)! : 0)) {
      best = key;
    }
  }
  return best ?? WITHOUT_SIGNS[category];
}
