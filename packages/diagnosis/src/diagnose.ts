import { DiagnosisInput } from './DiagnosisInput';
import { DiagnosisResult, Evidence, EvidenceSource } from './DiagnosisResult';
import { changeEvidence } from './evidence/changeEvidence';
import { isDeployment } from './evidence/deployments';
import { feedbackEvidence } from './evidence/feedbackEvidence';
import { historyEvidence } from './evidence/historyEvidence';
import { modelEvidence } from './evidence/modelEvidence';
import { signatureEvidence } from './evidence/signatureEvidence';
import { stepEvidence } from './evidence/stepEvidence';
import { EvidenceSum, sumEvidence } from './evidence/sumEvidence';
import { unusualEvidence } from './evidence/unusualEvidence';
import { ModelAnswer, readModelAnswer } from './model/readModelAnswer';
import { chooseSubCategory } from './taxonomy/chooseSubCategory';
import { KnownCategory } from './taxonomy/SubCategory';
import { KNOWN_CATEGORIES } from './taxonomy/taxonomy';
import { toReasons } from './toReasons';
import { transientOf } from './transientOf';
import { WEIGHTS } from './weights';
import { wouldSettle } from './wouldSettle';

function readModel({ model }: DiagnosisInput): {
  answer?: ModelAnswer;
  missing: DiagnosisResult['missing'];
} {
  if (model === undefined) {
    return { missing: [] };
  }
  if ('missing' in model) {
    return { missing: [{ part: 'model', reason: model.missing }] };
  }
  const answer = readModelAnswer(model);
  return 'refused' in answer
    ? { missing: [{ part: 'model', reason: answer.refused }] }
    : { answer, missing: [] };
}

/** Probabilities from logarithms of odds, softened as calibration found. */
function toProbabilities(
  { odds }: EvidenceSum,
  temperature: number,
): Record<KnownCategory, number> {
  const highest = Math.max(...Object.values(odds));
  const powers = KNOWN_CATEGORIES.map(one =>
    Math.exp((odds[one] - highest) / temperature),
  );
  const total = powers.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(
    KNOWN_CATEGORIES.map((one, index) => [one, powers[index] / total]),
  ) as Record<KnownCategory, number>;
}

/** The source that puts the answer ahead of its rival most. */
function decidedBy(
  { bySource }: EvidenceSum,
  best: KnownCategory,
  rival: KnownCategory,
): EvidenceSource {
  const lead = (source: EvidenceSource) =>
    bySource[source][best] - bySource[source][rival];
  const sources: EvidenceSource[] = [
    'feedback',
    'history',
    'figure',
    'signature',
    'model',
  ];
  return sources.reduce((first, source) =>
    lead(source) > lead(first) ? source : first,
  );
}

/** What a piece of evidence speaks for most. */
function leadOf({ categories }: Evidence): KnownCategory {
  return KNOWN_CATEGORIES.reduce((lead, one) =>
    (categories[one] ?? 0) > (categories[lead] ?? 0) ? one : lead,
  );
}

function gather(input: DiagnosisInput, answer?: ModelAnswer): Evidence[] {
  const { history, analysis, feedback, unusual, subject } = input;
  if (subject === 'figure') {
    // Nothing failed: its steps, its log and how it ended before say nothing, and what is upstream seldom makes slower.
    return [
      ...feedbackEvidence(feedback),
      ...changeEvidence(
        history?.changes && { ...history.changes, upstream: [] },
      ),
      ...unusualEvidence(unusual, false),
    ];
  }
  const signatures = signatureEvidence(input);
  const circumstances = {
    isDeployment: isDeployment(input),
    isDependency: signatures[0] && leadOf(signatures[0]) === 'dependency',
  };
  return [
    ...feedbackEvidence(feedback),
    ...historyEvidence(history, circumstances),
    ...changeEvidence(history?.changes, analysis?.packages, circumstances),
    ...unusualEvidence(unusual, true),
    ...signatures,
    ...stepEvidence(input),
    ...(answer ? [modelEvidence(answer)] : []),
  ];
}

/**
 * Says what kind of failure it is, from whatever is known of it. A pure
 * function: the same input gives the same answer, and nothing is required.
 *
 * @public
 */
export function diagnose(input: DiagnosisInput): DiagnosisResult {
  const { answer, missing } = readModel(input);
  const evidence = gather(input, answer);
  const sum = sumEvidence(evidence);
  const probabilities = toProbabilities(sum, WEIGHTS.temperature);
  const [best, rival] = [...KNOWN_CATEGORIES].sort(
    (left, right) => probabilities[right] - probabilities[left],
  );
  const subCategoryOf = (category: KnownCategory) =>
    chooseSubCategory(category, sum.subCategories);
  const guess = (category: KnownCategory) => ({
    category,
    subCategory: subCategoryOf(category),
    confidence: probabilities[category],
  });
  const isKnown =
    evidence.length > 0 && probabilities[best] >= WEIGHTS.threshold;
  return {
    ...(input.subject === 'figure' && { subject: input.subject }),
    ...(isKnown
      ? guess(best)
      : { category: 'unknown' as const, confidence: probabilities[best] }),
    secondBest: guess(isKnown ? rival : best),
    probabilities: { ...probabilities, unknown: 0 },
    transient: transientOf({
      probabilities: toProbabilities(sum, WEIGHTS.temperatureOfTransient),
      ...{ sum, subCategoryOf },
    }),
    decidedBy: decidedBy(sum, best, rival),
    reasons: toReasons(evidence, best),
    wouldSettle: isKnown ? [] : wouldSettle(input),
    missing,
    ...(answer && {
      model: { name: answer.name, version: answer.version },
    }),
  };
}
