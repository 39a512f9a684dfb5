import { CulpritCase, Observation } from './types';
import { WeighedEvidence, weighEvidence } from './evidenceWeights';

/** Rates of all tests that are flaky at all, fitted to 7,882 tests with 2,000 to 4,000 reruns each. */
const flakyRate = { a: 0.34, b: 11.5 };

/** What fails because of infrastructure fails again about every second time, and that is not known well. */
const outageRate = { a: 1.5, b: 1.5 };

/** A possible cause and what it expects of runs. */
export interface Hypothesis {
  id: string;
  kind: 'suspect' | 'flaky' | 'infrastructure' | 'unlisted';
  title: string;
  prior: number;
  evidence: WeighedEvidence[];
  /** Logarithm of the probability of what was observed. */
  likelihood: number;
  /** Probability that a run at this position would fail now. */
  failure: (position: number) => number;
}

/** The likelihood of observations under a chance of failure that depends on the position and on what came before. */
function observe(
  observations: Observation[],
  failure: (position: number, after: Observation[]) => number,
): Pick<Hypothesis, 'likelihood' | 'failure'> {
  const first = observations.findIndex(({ outcome }) => outcome === 'fail');
  let likelihood = 0;
  observations.forEach(({ position, outcome }, index) => {
    if (index !== first) {
      const p = failure(position, observations.slice(0, index));
      likelihood += Math.log(outcome === 'fail' ? p : 1 - p);
    }
  });
  return {
    likelihood,
    failure: position => failure(position, observations),
  };
}

function predict(
  { a, b }: { a: number; b: number },
  observations: Observation[],
): number {
  const fails = observations.filter(({ outcome }) => outcome === 'fail').length;
  return (a + fails) / (a + b + observations.length);
}

/** All hypotheses of a case: each suspect, and the three that blame nobody in the list. */
export function hypothesesOf(options: CulpritCase): Hypothesis[] {
  const { suspects, observations, flaky = {}, infrastructure = {} } = options;
  const { failureRate = 0.98, backgroundRate = 0.02 } = options;
  const trigger = observations.findIndex(({ outcome }) => outcome === 'fail');
  const passing = observations
    .slice(0, trigger)
    .map(({ position }) => position)
    .filter(position => position < observations[trigger].position);
  const lastPass = Math.max(...passing, -Infinity);
  const nobody = {
    flaky: flaky.prior ?? 0.4,
    infrastructure: infrastructure.prior ?? 0.1,
    unlisted: options.unlistedPrior ?? 0.05,
  };
  const rest = Math.max(
    1 - nobody.flaky - nobody.infrastructure - nobody.unlisted,
    0,
  );
  const shares = new Map<number, number>();
  for (const { position, probability } of options.positions ?? []) {
    shares.set(position, (shares.get(position) ?? 0) + probability);
  }
  const at = new Map<number, number>();
  for (const { position } of suspects) {
    at.set(position, (at.get(position) ?? 0) + 1);
  }
  const weights = suspects.map(({ position }) =>
    options.positions
      ? (shares.get(position) ?? 0) / at.get(position)! + 1e-6
      : 1,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const evidence = suspects.map(suspect => weighEvidence(suspect.evidence));
  // The size of a change tells suspects apart, not whether there is a culprit.
  const sizes = suspects.map(suspect => {
    const item = suspect.evidence?.find(({ name }) => name === 'size');
    return item && weighEvidence([item])[0];
  });
  const usualSize =
    sizes.reduce((sum, size) => sum + (size?.weight ?? 0), 0) /
    (sizes.filter(Boolean).length || 1);
  const seen = (flaky.flips ?? 0) + flakyRate.a;
  const unseen = (flaky.verdicts ?? 0) - (flaky.flips ?? 0) + flakyRate.b;
  return [
    ...suspects.map((suspect, index) => ({
      id: suspect.id,
      kind: 'suspect' as const,
      title: suspect.title ?? suspect.id,
      prior: (rest * weights[index]) / total,
      evidence: evidence[index].map(item =>
        item.words === sizes[index]?.words
          ? { ...item, weight: item.weight - usualSize }
          : item,
      ),
      ...observe(observations, position =>
        position >= suspect.position ? failureRate : backgroundRate,
      ),
    })),
    {
      id: 'flaky',
      kind: 'flaky',
      title: 'nobody: flaky',
      prior: nobody.flaky,
      evidence: weighEvidence(flaky.evidence),
      // The failure that made the case is part of what is known of the rate, in the beginning as well.
      ...observe(observations, (_, before) =>
        predict(
          before.some(({ outcome }) => outcome === 'fail')
            ? { a: seen, b: unseen }
            : { a: seen + 1, b: unseen },
          before,
        ),
      ),
    },
    {
      id: 'infrastructure',
      kind: 'infrastructure',
      title: 'infrastructure',
      prior: nobody.infrastructure,
      evidence: weighEvidence(infrastructure.evidence),
      ...observe(observations, (_, before) =>
        before.length > trigger
          ? predict(outageRate, before.slice(trigger + 1))
          : backgroundRate,
      ),
    },
    {
      id: 'unlisted',
      kind: 'unlisted',
      title: 'a change that is not listed',
      prior: nobody.unlisted,
      evidence: [],
      // What came from outside strikes old positions as well, what was overlooked in the list does not.
      ...observe(observations, (position, before) => {
        if (before.length <= trigger) {
          return backgroundRate;
        }
        return position > lastPass ? failureRate : 0.5;
      }),
    },
  ];
}
