import { BetaDistribution } from '../statistics/BetaDistribution';
import { formatShare } from '../statistics/formatNumbers';
import {
  CanaryOptions,
  CanaryVerdict,
  MetricVerdict,
  RateMetric,
} from './types';

/** LUCI's prior of first tries: most things never fail, what fails often fails half of the time. */
const prior = { a: 0.3, b: 0.5 };

/** Probability that the canary's rate exceeds the base's by more than `floor`, by Simpson's rule over the base's quantiles. */
function probabilityAbove(
  base: BetaDistribution,
  canary: BetaDistribution,
  floor: number,
): number {
  const steps = 200;
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const rate = base.quantile((step + 0.5) / steps);
    sum += 1 - canary.below(Math.min(rate + floor, 1));
  }
  return sum / steps;
}

/**
 * Judges a rate of failures by the probability that the canary is worse by more than the floor: fail above 0.99, pass
 * below 0.8 with enough runs. Looks before the planned end need more, in proportion to what is missing.
 */
export function judgeRate(
  metric: RateMetric,
  options: CanaryOptions,
): MetricVerdict {
  const { name, base, canary, floor = 0.01 } = metric;
  const { planned, falseFailRate = 0.02 } = options;
  const minimum = metric.minimum ?? Math.min(30, planned ?? 30);
  const count = Math.min(base.total, canary.total);
  const known = {
    name,
    kind: 'rate' as const,
    base: base.total ? base.failures / base.total : NaN,
    canary: canary.total ? canary.failures / canary.total : NaN,
    baseCount: base.total,
    canaryCount: canary.total,
  };
  if (count === 0) {
    return {
      ...known,
      verdict: 'undecided',
      sentence: `${name}: too few runs (${base.total} and ${canary.total})`,
    };
  }
  const before = new BetaDistribution(
    prior.a + base.failures,
    prior.b + base.total - base.failures,
  );
  const now = new BetaDistribution(
    prior.a + canary.failures,
    prior.b + canary.total - canary.failures,
  );
  const probabilityWorse = probabilityAbove(before, now, floor);
  const early = planned === undefined ? 1 : Math.min(count / planned, 1);
  const needed = 1 - (falseFailRate / 2) * Math.max(early, 0.25);
  let verdict: CanaryVerdict = 'undecided';
  if (probabilityWorse > needed) {
    verdict = 'fail';
  } else if (
    probabilityWorse < 0.8 &&
    count >= minimum &&
    (planned === undefined || count >= planned)
  ) {
    verdict = 'pass';
  }
  const words = {
    pass: 'pass',
    fail: 'FAIL',
    undecided: count < minimum ? 'too few runs' : 'not decided',
  };
  return {
    ...known,
    verdict,
    change: known.canary - known.base,
    range: now.range(0.98).map(rate => rate - known.base) as [number, number],
    probabilityWorse,
    sentence: `${name} ${formatShare(known.canary)} (${canary.failures} of ${
      canary.total
    }) vs ${formatShare(known.base)} (${base.failures} of ${
      base.total
    }), worse by more than ${formatShare(floor)} with probability ${formatShare(
      probabilityWorse,
    )}: ${words[verdict]}`,
  };
}
