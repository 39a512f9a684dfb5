import { Evidence, EvidenceSource } from '../DiagnosisResult';
import { KnownCategory } from '../taxonomy/SubCategory';
import { KNOWN_CATEGORIES } from '../taxonomy/taxonomy';
import { WEIGHTS } from '../weights';

/** What all evidence together says of each category. */
export type EvidenceSum = {
  odds: Record<KnownCategory, number>;
  bySource: Record<EvidenceSource, Record<KnownCategory, number>>;
  subCategories: Map<string, number>;
  transient: number;
};

const zeros = () =>
  Object.fromEntries(KNOWN_CATEGORIES.map(one => [one, 0])) as Record<
    KnownCategory,
    number
  >;

/**
 * Signs in a log are no independent witnesses: one cause writes many lines. So
 * of several signatures for one category only the strongest counts in full.
 */
function sumSignatures(
  evidence: readonly Evidence[],
  into: ReturnType<typeof zeros>,
) {
  for (const category of KNOWN_CATEGORIES) {
    const weights = evidence.map(({ categories }) => categories[category] ?? 0);
    const positive = weights.filter(weight => weight > 0);
    positive.sort((left, right) => right - left);
    positive.forEach((weight, index) => {
      into[category] += weight * WEIGHTS.decay ** index;
    });
    into[category] += Math.min(0, ...weights);
  }
}

/** Adds up evidence as logarithms of odds. */
export function sumEvidence(evidence: readonly Evidence[]): EvidenceSum {
  const bySource: EvidenceSum['bySource'] = {
    model: zeros(),
    signature: zeros(),
    history: zeros(),
    figure: zeros(),
    feedback: zeros(),
  };
  const subCategories = new Map<string, number>();
  let transient = 0;
  sumSignatures(
    evidence.filter(({ source }) => source === 'signature'),
    bySource.signature,
  );
  for (const one of evidence) {
    if (one.source !== 'signature') {
      for (const category of KNOWN_CATEGORIES) {
        bySource[one.source][category] += one.categories[category] ?? 0;
      }
    }
    for (const [key, weight] of Object.entries(one.subCategories ?? {})) {
      subCategories.set(key, Math.max(subCategories.get(key) ?? 0, weight));
    }
    transient += one.transient ?? 0;
  }
  const odds = zeros();
  for (const category of KNOWN_CATEGORIES) {
    odds[category] =
      WEIGHTS.prior[category] +
      bySource.model[category] +
      bySource.signature[category] +
      bySource.history[category] +
      bySource.figure[category] +
      bySource.feedback[category];
  }
  return { odds, bySource, subCategories, transient };
}
