import { Measure } from './measures';

/** What is known of one event. */
export interface Reading {
  score: number;
  /** The same by the value and its distance from what is expected alone, whatever was told before. */
  single: number;
  /** The score is that among other series of its kind. */
  isPooled: boolean;
  /** What was expected of it, and its distance from that in usual deviations. */
  expected: number;
  deviation: number;
  habit: boolean;
  /** What went furthest out of its range. */
  measure: Measure;
}

/** What the engine knows before this event. */
export interface Usual {
  /** 95 % of deviations are smaller. */
  width: number;
  /** The range of all values before this event, as a multiple of that in which 95 % lie; 1.7 for 2,000 normal ones. */
  reach: number;
  count: number;
  /** Deviations as large as this one, among all before. */
  asFar: number;
}
