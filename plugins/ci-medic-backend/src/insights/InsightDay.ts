import { DurationCounts } from './DurationSketch';

/** What was lost by failures of one cause. */
export type CauseLoss = {
  failures: number;
  /** Runner time by price class. */
  runnerMs: Record<string, number>;
  /** Failed runs that people were waiting for. */
  looks: number;
};

/**
 * What happened in the pipelines of an entity on a day, as it is stored. Everything can be added up.
 */
export type InsightDay = {
  runs: number;
  failed: number;
  /** Commits of which a job was judged, and those of them on which it failed and passed. */
  verdicts: number;
  flips: number;
  queue: DurationCounts;
  /** Runner time by price class. */
  runnerMs: Record<string, number>;
  /** By incident; what belongs to none is under the empty name. */
  causes: Record<string, CauseLoss>;
  /** When the newest of its runs was stored. */
  storedAt: number;
};

/** A day on which nothing happened. */
export function emptyDay(): InsightDay {
  return {
    ...{ runs: 0, failed: 0, verdicts: 0, flips: 0, storedAt: 0 },
    queue: {},
    runnerMs: {},
    causes: {},
  };
}

/** Adds to a sum that is kept by name. */
export function addTo(
  sums: Record<string, number>,
  name: string,
  value: number,
): void {
  sums[name] = (Object.hasOwn(sums, name) ? sums[name] : 0) + value;
}
