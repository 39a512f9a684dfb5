import { Diagnosis, DiagnosisSource } from '@ci-medic/plugin-ci-medic-common';

const MOST_REASONS = 2;

const decidedBy: Record<DiagnosisSource, string> = {
  model: 'Decided by the model',
  signature: 'Decided by a known signature',
  history: 'Decided by what the same job did before',
  figure: 'Decided by figures that are unusual',
  feedback: 'Decided by what people said of the same failure',
};

/**
 * A diagnosis in words: what it is and how sure that is, and what that rests on.
 */
export function describeDiagnosis(diagnosis: Diagnosis): {
  text: string;
  basis: string[];
} {
  const { category, subCategory, confidence, secondBest } = diagnosis;
  const { reasons, missing, wouldSettle, model } = diagnosis;
  const basis = [
    diagnosis.decidedBy === 'model' && model
      ? `${decidedBy.model} ${model.name} ${model.version}`
      : decidedBy[diagnosis.decidedBy],
    ...reasons
      .filter(one => one.weight > 0 && one.category === category)
      .slice(0, MOST_REASONS)
      .map(({ text }) => text),
    ...(secondBest
      ? [`Second best: ${percent(secondBest.confidence)} ${nameOf(secondBest)}`]
      : []),
    ...missing.map(({ part, reason }) => `Without ${part}: ${reason}`),
  ];
  if (category === 'unknown') {
    return {
      text: 'Unknown: no kind of failure is likely enough',
      basis: [
        ...wouldSettle.slice(0, 1).map(text => `What would settle it: ${text}`),
        ...basis.slice(1),
      ],
    };
  }
  return {
    text: `${percent(confidence)} ${nameOf({ category, subCategory })}`,
    basis,
  };
}

/** A probability for people; certainty is not claimed. */
export function percent(probability: number): string {
  const whole = Math.round(probability * 100);
  if (whole >= 100) {
    return 'over 99 %';
  }
  return whole <= 0 ? 'under 1 %' : `${whole} %`;
}

function nameOf(options: { category: string; subCategory?: string }): string {
  const category = options.category.replaceAll('_', ' ');
  const detail = options.subCategory?.split('.').pop()?.replaceAll('_', ' ');
  return detail ? `${category} (${detail})` : category;
}
