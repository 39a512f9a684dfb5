import { CanaryVerdict, judgeCanary } from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';
import { normalOf } from '../noise/makeNoise';
import { Estimate, share } from '../statistics/intervals';

const seeds = Array.from({ length: 2000 }, (_, index) => 401 + index);

/** Runs of one side: lognormal with a coefficient of variation of .3, neighbours alike by `rho`. */
function drawRuns(
  count: number,
  factor: number,
  rho: number,
  normal: () => number,
): number[] {
  const sigma = Math.sqrt(Math.log(1 + 0.3 ** 2));
  let state = normal();
  return Array.from({ length: count }, () => {
    state = rho * state + Math.sqrt(1 - rho * rho) * normal();
    return 600 * factor * Math.exp(sigma * state);
  });
}

function verdictOf(
  options: { count: number; factor: number; rho: number; looks: number },
  seed: number,
): CanaryVerdict {
  const { count, factor, rho, looks } = options;
  const normal = normalOf(randomOf(seed));
  const base = drawRuns(count, 1, rho, normal);
  const canary = drawRuns(count, factor, rho, normal);
  for (let look = 1; look <= looks; look++) {
    const seen = Math.round((count * look) / looks);
    const { verdict } = judgeCanary({
      ...(looks > 1 && { planned: count }),
      metrics: [
        {
          kind: 'continuous',
          name: 'duration',
          base: base.slice(0, seen),
          canary: canary.slice(0, seen),
          minimum: Math.min(10, count),
        },
      ],
    });
    if (verdict === 'fail') {
      return verdict;
    }
  }
  return 'pass';
}

/** How often a canary of 50 runs a side fails: when it is 20 % slower, and when it is not. */
export function measureCanary(): {
  power: Estimate;
  powerWithLooks: Estimate;
  falseFails: Record<string, Estimate>;
} {
  const fails = (factor: number, rho: number, looks: number) =>
    share(
      seeds.filter(
        seed => verdictOf({ count: 50, factor, rho, looks }, seed) === 'fail',
      ).length,
      seeds.length,
    );
  return {
    power: fails(1.2, 0, 1),
    powerWithLooks: fails(1.2, 0, 11),
    falseFails: {
      'no likeness': fails(1, 0, 1),
      'AR .5': fails(1, 0.5, 1),
      'AR .8': fails(1, 0.8, 1),
      '11 looks': fails(1, 0, 11),
      'AR .5 and 11 looks': fails(1, 0.5, 11),
    },
  };
}
