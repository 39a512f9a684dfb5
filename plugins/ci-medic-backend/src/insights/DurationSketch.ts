import { DurationInsight } from '@ci-medic/plugin-ci-medic-common';
import { medianRanks } from './medianRanks';

/** Two values in one bucket differ by at most 2 %, so that a quantile is at most 1 % off. */
const GAMMA = 1.02;

/** Counts of durations by bucket, as it is stored. */
export type DurationCounts = Record<string, number>;

/**
 * Durations as counts in buckets whose width grows with them, which can be added up over days and entities: DDSketch of
 * Masson, Rim and Lee (2019).
 */
export class DurationSketch {
  readonly #counts = new Map<number, number>();

  /** Takes a duration in milliseconds. */
  add(durationMs: number): void {
    const bucket = Math.ceil(
      Math.log(Math.max(durationMs, 1)) / Math.log(GAMMA),
    );
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  merge(counts: DurationCounts): void {
    for (const key of Object.keys(counts)) {
      const bucket = Number(key);
      this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + counts[key]);
    }
  }

  /** Adds what another one holds. */
  mergeAll(other: DurationSketch): void {
    for (const [bucket, count] of other.#counts) {
      this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    }
  }

  toCounts(): DurationCounts {
    return Object.fromEntries(this.#counts);
  }

  /** Median with interval, and 90th percentile; `undefined` without durations. */
  describe(): DurationInsight | undefined {
    const buckets = [...this.#counts].sort(([left], [right]) => left - right);
    const n = buckets.reduce((sum, [, count]) => sum + count, 0);
    if (n === 0) {
      return undefined;
    }
    const at = (rank: number): number => {
      let passed = 0;
      for (const [bucket, count] of buckets) {
        passed += count;
        if (passed > rank) {
          return (2 * GAMMA ** bucket) / (GAMMA + 1);
        }
      }
      return (2 * GAMMA ** buckets[buckets.length - 1][0]) / (GAMMA + 1);
    };
    const ranks = medianRanks(n);
    return {
      medianMs: at(Math.floor((n - 1) / 2)),
      ...(ranks && { lowMs: at(ranks.low), highMs: at(ranks.high) }),
      p90Ms: at(Math.ceil((n - 1) * 0.9)),
      n,
    };
  }
}
