import { Finding } from '../series/Finding';
import { Wording } from '../series/Wording';

/**
 * What {@link updateCounts} remembers: at most 200 events since the last change.
 *
 * @public
 */
export interface CountState {
  version: 1;
  /** Events so far, those before the series began included. */
  count: number;
  lastSeq: number;
  /** Whether it was ever there. */
  seen: boolean;
  window: { seqs: number[]; ats: number[]; values: number[] };
  since?: { seq: number; at: number; before: { value: number; count: number } };
}

/** @public */
export interface CountOptions extends Wording {
  /** What is counted: `lines`. */
  counted?: string;
  /** Chance of calling out a change that is none, for each look: 0.0001. */
  falseAlarm?: number;
  /** Smallest change of the count of an event: by half. */
  smallest?: number;
  /** Events without it before a first time is called new: 20. */
  minimum?: number;
}

/** @public */
export interface CountUpdate {
  state: CountState;
  findings: Finding[];
}
