import { isFailure } from './summarizeDay';

/** An attempt that ended, in a sequence of which each tells whether it is green or red. */
export type Outcome = {
  runId: string;
  at: number;
  conclusion?: string;
  /** The failed job that tells why. */
  jobId?: string;
};

/** A time in which a sequence was red. Times are epoch milliseconds. */
export type FoldedPeriod = {
  startedAt: number;
  /** Absent while it lasts. */
  endedAt?: number;
  firstRunId: string;
  lastRunId?: string;
  jobId?: string;
};

/**
 * Times from the first failure to the next success. What neither passed nor failed, such as a cancelled run, changes
 * nothing.
 *
 * @param outcomes - in the order in which they ended
 */
export function foldRedPeriods(outcomes: Outcome[]): FoldedPeriod[] {
  const periods: FoldedPeriod[] = [];
  let open: FoldedPeriod | undefined;
  for (const { runId, at, conclusion, jobId } of outcomes) {
    if (isFailure(conclusion)) {
      if (!open) {
        open = { startedAt: at, firstRunId: runId, jobId };
        periods.push(open);
      }
    } else if (conclusion === 'success' && open) {
      open.endedAt = at;
      open.lastRunId = runId;
      open = undefined;
    }
  }
  return periods;
}
