import { Measure } from './measures';

/** What is known of one event. */
export interface Reading {
  score: number;
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
  count: number;
  /** Deviations as large as this one, among all before. */
  asFar: number;
}
