import { Hypothesis } from './Hypothesis';
import { CulpritCase, NextRerun } from './types';

function entropy(probabilities: number[]): number {
  let bits = 0;
  for (const p of probabilities) {
    bits -= p > 0 ? p * Math.log2(p) : 0;
  }
  return bits;
}

function after(probabilities: number[], chances: number[]): number[] {
  const joint = probabilities.map((p, index) => p * chances[index]);
  const total = joint.reduce((sum, value) => sum + value, 0);
  return joint.map(value => value / (total || 1));
}

/**
 * The position at which one more run is expected to tell most, by information gain: the same idea as running where the
 * cumulated probability crosses one half (FACF), and it also knows when to rerun the failing commit itself to tell a
 * flake. Undefined when no run would tell at least 0.01 bit.
 */
export function chooseRerun(
  hypotheses: Hypothesis[],
  probabilities: number[],
  options: CulpritCase,
): NextRerun | undefined {
  const failed = options.observations.find(
    ({ outcome }) => outcome === 'fail',
  )!;
  const first = Math.min(
    failed.position,
    ...options.suspects.map(({ position }) => position),
  );
  const places = options.rerunnable ?? [
    failed.position,
    first - 1,
    ...options.suspects.map(({ position }) => position),
  ];
  const before = entropy(probabilities);
  let best: NextRerun | undefined;
  for (const position of new Set(places)) {
    const fails = hypotheses.map(({ failure }) => failure(position));
    const passes = fails.map(p => 1 - p);
    const failureProbability = probabilities.reduce(
      (sum, p, index) => sum + p * fails[index],
      0,
    );
    const ifFailed = after(probabilities, fails);
    const ifPassed = after(probabilities, passes);
    const information =
      before -
      failureProbability * entropy(ifFailed) -
      (1 - failureProbability) * entropy(ifPassed);
    if (information > 0.01 && information > (best?.information ?? 0) + 1e-9) {
      const name = (chances: number[]) =>
        hypotheses[chances.indexOf(Math.max(...chances))].title;
      best = {
        position,
        information,
        failureProbability,
        reason: `if it fails, most likely ${name(
          ifFailed,
        )}; if it passes, most likely ${name(ifPassed)}`,
      };
    }
  }
  return best;
}
