import { Finding } from '../series/Finding';
import { Wording } from '../series/Wording';

/**
 * One run that failed or did not; or timed out, or flipped: whatever the rate is of.
 *
 * @public
 */
export interface RateEvent {
  /** Position in the series: whole numbers that only rise. */
  seq: number;
  at: number;
  failed: boolean;
  /** Whether it failed again when it was tried again; leave it out where nothing was. */
  failedAgain?: boolean;
}

/**
 * Events alike that follow each other: from `seq` at `at`, `count` of them.
 *
 * @public
 */
export interface Stretch {
  outcome: 'pass' | 'fail' | 'fail_then_fail' | 'fail_then_pass';
  count: number;
  seq: number;
  at: number;
  /** The last of them. */
  last: number;
}

/**
 * A time with one rate.
 *
 * @public
 */
export interface RateSegment {
  seq: number;
  at: number;
  failed: number;
  count: number;
}

/**
 * What {@link updateRates} remembers: at most 2,000 events since the last change, alike ones together.
 *
 * @public
 */
export interface RateState {
  version: 1;
  count: number;
  lastSeq: number;
  stretches: Stretch[];
  /** Events that are no longer in the stretches but of the same time. */
  older: { failed: number; count: number };
  /** When the present rate began, if it ever changed, and what was before. */
  since?: { seq: number; at: number; before: RateSegment };
  /** Events until all that is kept is looked at. */
  untilLook: number;
}

/** @public */
export interface RateOptions extends Wording {
  /** What failing is called: `failure rate`. */
  rate?: string;
  /** Chance of calling out a change that is none, for each look: 0.0001. */
  falseAlarm?: number;
}

/** @public */
export interface RateUpdate {
  state: RateState;
  findings: Finding[];
}
