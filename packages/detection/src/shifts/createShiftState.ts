import { ShiftState } from './types';

/**
 * The state of a series without events.
 *
 * @public
 */
export function createShiftState(): ShiftState {
  return {
    version: 1,
    count: 0,
    lastSeq: -1,
    quietUntil: -1,
    window: { seqs: [], ats: [], values: [] },
    weeks: [],
    thisWeek: { week: 0, seq: 0, values: [], count: 0, every: 1 },
  };
}
