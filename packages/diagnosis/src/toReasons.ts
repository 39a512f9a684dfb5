import { DiagnosisReason, Evidence } from './DiagnosisResult';
import { KnownCategory } from './taxonomy/SubCategory';

const MOST_REASONS = 8;
const SMALLEST_WEIGHT = 0.2;

/** The category that a piece of evidence says most about; for an answer, what it says of that. */
function subjectOf({ categories }: Evidence, answer: KnownCategory) {
  const entries = Object.entries(categories) as [KnownCategory, number][];
  const strongest = entries.reduce(
    (first, one) => (Math.abs(one[1]) > Math.abs(first[1]) ? one : first),
    entries[0],
  );
  const ofAnswer = categories[answer] ?? 0;
  return ofAnswer > 0 ? ([answer, ofAnswer] as const) : strongest;
}

/** Evidence in words, the strongest first. */
export function toReasons(
  evidence: readonly Evidence[],
  answer: KnownCategory,
): DiagnosisReason[] {
  return evidence
    .filter(({ categories }) => Object.keys(categories).length > 0)
    .map(one => {
      const [category, weight] = subjectOf(one, answer);
      const { source, text, lines } = one;
      return {
        source,
        category,
        weight: Math.round(weight * 100) / 100,
        text,
        ...(lines && { lines }),
      };
    })
    .filter(({ weight }) => Math.abs(weight) >= SMALLEST_WEIGHT)
    .sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight))
    .slice(0, MOST_REASONS);
}
