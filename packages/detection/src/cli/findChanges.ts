import { createShiftState, findShifts, updateShifts } from '../shifts';
import { ShiftOptions } from '../shifts/types';
import { FileSeries } from './readSeries';

/** A longer series wanders too much to be looked at as a whole. */
const longest = 900;

/** A place where the level of a series changed. */
export interface FoundChange {
  index: number;
  sentence?: string;
}

/** Alerts as they would have been given live, and the ends of what was alerted. */
function findLive(series: FileSeries, options: ShiftOptions): FoundChange[] {
  const { findings } = updateShifts(
    createShiftState(),
    series.values.map((value, seq) => ({ seq, at: series.times[seq], value })),
    options,
  );
  const alerted = new Set(
    findings.filter(({ stage }) => stage === 'alert').map(({ id }) => id),
  );
  return findings
    .filter(
      ({ kind, stage, id }) =>
        kind === 'shift' &&
        (stage === 'alert' || (stage === 'went_away' && alerted.has(id))),
    )
    .map(({ ended, began, sentence }) => ({
      index: ended?.seq ?? began.seq,
      sentence,
    }))
    .sort((a, b) => a.index - b.index);
}

/**
 * Where the level of a finished series changed: looked at as a whole while it is short, else as it would have been live.
 */
export function findChanges(
  series: FileSeries,
  options: ShiftOptions & { live?: boolean },
): FoundChange[] {
  const { live = series.values.length > longest } = options;
  return live
    ? findLive(series, options)
    : findShifts(series.values).map(index => ({ index }));
}
