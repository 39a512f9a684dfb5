import { FailureFeedback } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';
import { KnownCategory } from '../taxonomy/SubCategory';
import {
  CATEGORY_TITLES,
  findSubCategory,
  KNOWN_CATEGORIES,
} from '../taxonomy/taxonomy';

/** The last word of people counts more than everything that a log says. */
const LAST_WORD = 7;
const EARLIER_WORD = 1;
const CALLED_WRONG = -4;

const isKnown = (category?: string): category is KnownCategory =>
  KNOWN_CATEGORIES.includes(category as KnownCategory);

/** What people said of the same failure, the last first. */
export function feedbackEvidence(
  feedback: readonly FailureFeedback[] = [],
): Evidence[] {
  const latestFirst = [...feedback].sort((left, right) =>
    right.at.localeCompare(left.at),
  );
  let isLast = true;
  return latestFirst.flatMap((one): Evidence[] => {
    const { verdict, category, subCategory, shown, at } = one;
    if (verdict === 'not_an_incident') {
      return [];
    }
    const day = at.slice(0, 10);
    if (isKnown(category)) {
      const weight = isLast ? LAST_WORD : EARLIER_WORD;
      isLast = false;
      const sub =
        subCategory && findSubCategory(subCategory)?.category === category
          ? subCategory
          : undefined;
      return [
        {
          source: 'feedback',
          text: `On ${day} a person ${
            verdict === 'right' ? 'confirmed' : 'corrected'
          } this kind of failure as ${CATEGORY_TITLES[category]}.`,
          categories: { [category]: weight },
          ...(sub && { subCategories: { [sub]: weight } }),
        },
      ];
    }
    return verdict === 'wrong' && isKnown(shown)
      ? [
          {
            source: 'feedback',
            text: `On ${day} a person said that this kind of failure is not ${CATEGORY_TITLES[shown]}.`,
            categories: { [shown]: CALLED_WRONG },
          },
        ]
      : [];
  });
}
