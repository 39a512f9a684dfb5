import { formatCount, formatShare } from '../statistics/formatNumbers';
import { checkCase } from './checkCase';
import { chooseRerun } from './chooseRerun';
import { hypothesesOf } from './Hypothesis';
import { CulpritCase, CulpritRanking, RankedHypothesis } from './types';

function softmax(logarithms: number[]): number[] {
  const largest = Math.max(...logarithms);
  const weights = logarithms.map(value => Math.exp(value - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}

function describeRuns({ observations, subject }: CulpritCase): string {
  if (subject === 'figure') {
    return '';
  }
  const fails = observations.filter(({ outcome }) => outcome === 'fail').length;
  return `, ${fails} of ${formatCount(observations.length, 'run')} failed`;
}

function sentenceOf(
  verdict: CulpritRanking['verdict'],
  hypotheses: RankedHypothesis[],
  suspects: RankedHypothesis[],
  options: CulpritCase,
): string {
  const best = verdict === 'suspect' ? suspects[0] : hypotheses[0];
  const reasons = best.reasons.slice(0, 3).join('; ');
  const why = reasons ? ` - ${reasons}` : '';
  const range = options.suspects.length
    ? `range of ${formatCount(options.suspects.length, 'suspect')}`
    : 'no change in range';
  const start = verdict === 'undecided' ? 'Undecided, first ' : '';
  return `${start}${formatShare(best.probability)}: ${
    best.title
  }${why} (${range}${describeRuns(options)})`;
}

/**
 * Ranks what may have caused a failure: each suspect by the runs that contain it and by its evidence, against *nobody:
 * flaky*, *infrastructure* and a change that is not listed. A rerun is one more observation: ask again with it.
 *
 * Runs count by Bayes' rule as in FACF (Google, ICST 2023), with the flake rate itself unknown (beta-binomial) instead
 * of given; evidence adds to the logarithm of the odds. Linear in suspects times observations.
 *
 * @throws DetectionInputError when the case cannot be ranked
 *
 * @public
 */
export function rankSuspects(options: CulpritCase): CulpritRanking {
  checkCase(options);
  const all = hypothesesOf(options);
  const byRuns = all.map(
    ({ prior, likelihood }) => Math.log(prior) + likelihood,
  );
  const positions = softmax(byRuns);
  const probabilities = softmax(
    all.map(({ evidence }, index) =>
      evidence.reduce((sum, { weight }) => sum + weight, byRuns[index]),
    ),
  );
  const hypotheses = all
    .map(
      ({ id, kind, title, evidence }, index): RankedHypothesis => ({
        id,
        kind,
        title,
        probability: probabilities[index],
        positionProbability: positions[index],
        reasons: evidence
          .filter(({ weight }) => weight !== 0)
          .map(({ words }) => words),
      }),
    )
    .sort((a, b) => b.probability - a.probability);
  const suspects = hypotheses.filter(({ kind }) => kind === 'suspect');
  const blamed = suspects.reduce(
    (sum, { probability }) => sum + probability,
    0,
  );
  const [best] = hypotheses;
  let verdict: CulpritRanking['verdict'] = 'undecided';
  if (blamed >= 0.5) {
    verdict = 'suspect';
  } else if (best.kind === 'flaky' && best.probability >= 0.5) {
    verdict = 'nobody';
  } else if (best.kind === 'infrastructure' && best.probability >= 0.5) {
    verdict = 'infrastructure';
  }
  const settled = best.probability >= (options.enough ?? 0.99);
  const next = settled ? undefined : chooseRerun(all, probabilities, options);
  return {
    version: 1,
    verdict,
    settled,
    hypotheses,
    suspects: suspects.slice(0, 5),
    ...(next && { next }),
    sentence: sentenceOf(verdict, hypotheses, suspects, options),
  };
}
