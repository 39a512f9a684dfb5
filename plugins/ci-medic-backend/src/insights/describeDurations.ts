import { DurationInsight } from '@ci-medic/plugin-ci-medic-common';
import { medianRanks } from './medianRanks';

/** Median with interval, and 90th percentile; `undefined` without durations. */
export function describeDurations(
  durations: number[],
): DurationInsight | undefined {
  const sorted = [...durations].sort((left, right) => left - right);
  const n = sorted.length;
  if (n === 0) {
    return undefined;
  }
  const ranks = medianRanks(n);
  return {
    medianMs: (sorted[Math.floor((n - 1) / 2)] + sorted[Math.floor(n / 2)]) / 2,
    ...(ranks && { lowMs: sorted[ranks.low], highMs: sorted[ranks.high] }),
    p90Ms: sorted[Math.ceil((n - 1) * 0.9)],
    n,
  };
}
