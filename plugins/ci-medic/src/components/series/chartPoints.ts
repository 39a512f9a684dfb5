import { Series } from '@ci-medic/plugin-ci-medic-common';

/** So many runs make a share that says something. */
export const SHARE_RUNS = 20;

/** A point as it is drawn. */
export type ChartPoint = {
  /** Epoch milliseconds. */
  time: number;
  value: number;
  runNumber?: number;
  runId?: string;
  isUnusual: boolean;
};

/**
 * The points of a series as they are drawn. Where each run has 0 or 1, that is the share of the last runs.
 */
export function chartPoints(series: Series): ChartPoint[] {
  const unusual = new Set(
    series.anomalies
      .filter(({ kind }) => kind === 'spike' || kind === 'novel')
      .map(({ began }) => began.runId ?? began.at),
  );
  return series.points.map(({ at, value, runNumber, runId }, index) => ({
    time: Date.parse(at),
    value:
      series.unit === 'share' && series.metric !== 'value'
        ? shareUpTo(series, index)
        : value,
    runNumber,
    runId,
    isUnusual: unusual.has(runId ?? at),
  }));
}

function shareUpTo({ points }: Series, index: number): number {
  const last = points.slice(Math.max(0, index - SHARE_RUNS + 1), index + 1);
  return last.reduce((sum, { value }) => sum + value, 0) / last.length;
}
