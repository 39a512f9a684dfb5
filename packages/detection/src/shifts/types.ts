import { Finding } from '../series/Finding';
import { Wording } from '../series/Wording';

/** @public */
export interface ShiftOptions extends Wording {
  /** Compare logarithms: for durations, memory, sizes. Values must then be positive. */
  logarithmic?: boolean;
  /** The smallest change that matters, as a share: 0.05; 0.02 suits benchmarks. */
  smallest?: number;
  /** The smallest change that matters, in the unit of the values: 0. Ten seconds suit durations. */
  floor?: number;
  /** Strength of evidence for a note, in logarithms of the window's length: 3. */
  penalty?: number;
  /** The t statistic that turns a note into an alert once it is confirmed: 7. */
  confirm?: number;
}

/**
 * A shift that has been noted, and whether it was told.
 *
 * @public
 */
export interface OpenShift {
  seq: number;
  at: number;
  alerted: boolean;
  /** Mean and standard deviation before and after, on the compared scale. */
  before: { value: number; count: number; spread: number };
  after: { value: number; count: number };
  range: [first: number, last: number];
  score: number;
  /** The newest events before an alert: when it goes away, they are what is usual again. */
  kept?: { seqs: number[]; ats: number[]; values: number[] };
}

/**
 * What {@link updateShifts} remembers: at most 200 events since the last change and 24 before it, plain data, up to 9 KB.
 *
 * @public
 */
export interface ShiftState {
  version: 1;
  count: number;
  lastSeq: number;
  window: { seqs: number[]; ats: number[]; values: number[] };
  /** The latest alert, until it went away or another takes its place. */
  open?: OpenShift;
  /** A change that is not confirmed yet. */
  noted?: OpenShift;
  /** The event at which the last note went away; the next note has to begin later. */
  quietUntil: number;
  /** Medians of the last weeks, for drifts. */
  weeks: { week: number; seq: number; median: number; count: number }[];
  /** The present week; of many values every so many are kept. */
  thisWeek: {
    week: number;
    seq: number;
    values: number[];
    count: number;
    every: number;
  };
}

/** @public */
export interface ShiftUpdate {
  state: ShiftState;
  findings: Finding[];
}
