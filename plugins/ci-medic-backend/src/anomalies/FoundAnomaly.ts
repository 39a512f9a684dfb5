import { RangeEnd, SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { Finding } from '@ci-medic/detection';

/** A finding with the runs that its positions stand for. */
export type FoundAnomaly = {
  metric: SeriesMetric;
  finding: Finding;
  began: RangeEnd;
  range?: { first: RangeEnd; last: RangeEnd; probability: number };
  /** When it went away, or when another took its place; single runs end at once. */
  endedAt?: number;
  /** What is over now was found before; where it was never confirmed, there is nothing to tell. */
  onlyEnds?: true;
};

/** What is stored of a {@link FoundAnomaly} as JSON. */
export type AnomalyBody = Pick<FoundAnomaly, 'finding' | 'began' | 'range'>;
