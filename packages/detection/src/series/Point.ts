/**
 * One event of a series: a run, a job, a test case. Series are ordered by events, not by time.
 *
 * @public
 */
export interface Point {
  /** Position in the series: whole numbers that only rise, such as run numbers. Findings name them. */
  seq: number;
  /** When, in milliseconds since 1970. */
  at: number;
  value: number;
}
