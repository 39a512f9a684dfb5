import {
  SeriesMetric,
  seriesMetricSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { readNumber, readText } from '../database';

/** A point of a subject with its position in the order of its runs. */
export type SeriesEvent = {
  seq: number;
  at: number;
  runId: string;
  number?: number;
  commitSha?: string;
  jobId?: string;
  values: Partial<Record<SeriesMetric, number>>;
};

/** Columns of the points, in the order of events. */
export const eventOrder = ['at', 'run_id'];

/**
 * Reads points in order. Positions are the numbers of runs, as far as these rise.
 *
 * @param after - position of the event before the first
 */
export function readEvents(rows: any[], after: number): SeriesEvent[] {
  let last = after;
  return rows.map(row => {
    last = Math.max(readNumber(row.number) ?? 0, last + 1);
    return readEvent(row, last);
  });
}

/** Reads the points just before a position, which were taken in already. */
export function readEventsBefore(rows: any[], position: number): SeriesEvent[] {
  let next = position + 1;
  return [...rows].reverse().map(row => {
    next = Math.min(readNumber(row.number) ?? next, next - 1);
    return readEvent(row, next);
  });
}

function readEvent(row: any, seq: number): SeriesEvent {
  const values: SeriesEvent['values'] = {};
  for (const metric of seriesMetricSchema.options) {
    const value = readNumber(row[metric]);
    if (value !== undefined) {
      values[metric] = value;
    }
  }
  return {
    seq,
    at: readNumber(row.at)!,
    runId: row.run_id,
    number: readNumber(row.number),
    commitSha: readText(row.commit_sha),
    jobId: readText(row.job_id),
    values,
  };
}
