import { BetaDistribution } from '../statistics/BetaDistribution';
import { FlakyCorrelation, TestState } from './types';

const fewest = 3;

/** Chance of at least `k` of `n` at this rate. */
function binomialTail(k: number, n: number, rate: number): number {
  if (k <= 0 || rate >= 1) {
    return 1;
  }
  return rate <= 0 ? 0 : new BetaDistribution(k, n - k + 1).below(rate);
}

/** Groups that hold more flips than their share of commits explains, each against all others. */
function unusual(
  kind: 'runner' | 'hour',
  groups: [value: string, flips: number, verdicts: number][],
): FlakyCorrelation[] {
  const flips = groups.reduce((sum, [, count]) => sum + count, 0);
  const verdicts = groups.reduce((sum, [, , count]) => sum + count, 0);
  const used = groups.filter(([, , count]) => count > 0).length;
  return groups
    .filter(([, here, of]) => {
      const chance = binomialTail(here, flips, of / verdicts) * used;
      return here >= fewest && chance < 0.01;
    })
    .map(([value, here, of]) => {
      const elsewhere = (flips - here) / Math.max(verdicts - of, 1);
      return {
        kind,
        value,
        flips: here,
        of,
        ...(elsewhere > 0 && { lift: here / of / elsewhere }),
      };
    });
}

/** Where, when and with what a test flips. */
export function correlate(state: TestState): FlakyCorrelation[] {
  const { runners, hours, neighbours, flips, lastFlips } = state;
  const together = neighbours
    .filter(other => other.flips >= fewest && other.flips >= flips / 2)
    .map(other => ({
      kind: 'neighbour' as const,
      value: other.name,
      flips: other.flips,
      of: flips,
    }));
  const said = new Map<string, number>();
  for (const { message } of lastFlips) {
    if (message !== undefined) {
      said.set(message, (said.get(message) ?? 0) + 1);
    }
  }
  const messages = [...said]
    .filter(([, count]) => count >= 2 && count >= lastFlips.length / 2)
    .map(([value, count]) => ({
      kind: 'message' as const,
      value,
      flips: count,
      of: lastFlips.length,
    }));
  return [
    ...unusual(
      'runner',
      runners.map(pool => [pool.name, pool.flips, pool.verdicts]),
    ),
    ...unusual(
      'hour',
      hours.map(([f, n], hour) => [String(hour).padStart(2, '0'), f, n]),
    ),
    ...together,
    ...messages,
  ];
}
