import { Finding } from '../series/Finding';
import { Wording } from '../series/Wording';

/**
 * How large deviations usually are: a histogram in logarithms. It starts at `first`, each bin an eighth of an octave.
 *
 * @public
 */
export interface TailState {
  first: number;
  counts: number[];
}

/**
 * The range that one measure of a series has kept to.
 *
 * @public
 */
export interface RecordState {
  /** The smoothed measure. */
  value: number;
  low: number;
  high: number;
  middle: number;
}

/**
 * What {@link updateSpikes} remembers of a series: plain data, 3 to 8 KB.
 *
 * @public
 */
export interface SpikeState {
  version: 1;
  /** Events so far. */
  count: number;
  lastSeq: number;
  level: number;
  low: number;
  high: number;
  /** For each hour of working days, then of weekends: usual distance from the level, events, days, and the last day. */
  habits: {
    offsets: number[];
    counts: number[];
    days: number[];
    lastDays: number[];
  };
  /** How often values of each size came in each hour: pairs of cell and count. */
  visits: number[];
  records: RecordState[];
  /** Sizes of deviations from what was expected. */
  tail: TailState;
  /** The last thing that was told, as a number of events and how far it went. */
  told?: { count: number; ratio: number };
}

/**
 * Deviations of many series of one kind, each divided by its usual size: what is known before a series has many events.
 *
 * @public
 */
export interface PooledTail {
  version: 1;
  tail: TailState;
}

/** @public */
export interface SpikeOptions extends Wording {
  /** Judge logarithms: for durations, memory, sizes. Values must then be positive. */
  logarithmic?: boolean;
  /** From this score on a spike is a note: 2.75. */
  note?: number;
  /**
   * The score that alerts start from: 3.4. A value that is judged by a pool needs no more than that, one that is judged by its
   * own series a little more (.22), slow measures 2.4 more, and both more where values lie far out all the time.
   */
  alert?: number;
  /** The smallest change that is said, as a share of the usual: 0.05. */
  smallest?: number;
  /** What other series of this kind do: with it, series with few events are judged by them as well. */
  pool?: PooledTail;
  /** Nothing is said before this many events: 30, or 10 with a pool. */
  minimum?: number;
}

/** @public */
export interface SpikeUpdate {
  state: SpikeState;
  /** One for each point: how unusual it is; 0 where it is not, or where as much was told shortly before. */
  scores: number[];
  /** How far each point was from what was expected, in usual deviations: what {@link updatePool} takes. */
  deviations: number[];
  findings: Finding[];
}
