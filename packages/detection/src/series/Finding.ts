/**
 * How sure it is. `note`: seen at once, for screens. `alert`: confirmed, worth telling people. `went_away`: it is as it
 * was before.
 *
 * @public
 */
export type FindingStage = 'note' | 'alert' | 'went_away';

/**
 * Where something began: most likely, and the range that holds the true beginning with the given probability.
 *
 * @public
 */
export interface Beginning {
  seq: number;
  at: number;
  /** First and last event that may have been the first of the new. */
  range: [first: number, last: number];
  probability: number;
  /** The probability of each event in the range, where the detector knows it: `positions` of a culprit case. */
  positions?: { seq: number; probability: number }[];
}

/**
 * What is unusual, with its numbers, what they rest on, and one sentence that says it all.
 *
 * @public
 */
export interface Finding {
  version: 1;
  kind: 'spike' | 'shift' | 'drift' | 'rate' | 'count' | 'novel';
  stage: FindingStage;
  direction: 'up' | 'down';
  /** The same for the stages of one thing within its series. */
  id: string;
  /** The event at which this could be said, and when it was. */
  seq: number;
  at: number;
  began: Beginning;
  /** What went away is as before since then. */
  ended?: { seq: number; at: number };
  /** What was usual, and how many events that rests on. */
  before: { value: number; count: number };
  /** What came instead. */
  after: { value: number; count: number };
  /** As a share of what was: 0.4 is 40 % more; undefined when that was 0. */
  change?: number;
  /** How far from chance, in the detector's own measure; see `measure`. */
  score: number;
  /** `t`: like a t statistic. `tail`: minus the decimal logarithm of a chance. `odds`: natural logarithm of odds. */
  measure: 't' | 'tail' | 'odds';
  /** The usual range, where the detector keeps one. */
  usual?: [low: number, high: number];
  sentence: string;
}
