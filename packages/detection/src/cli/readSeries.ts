import { readFileSync } from 'fs';
import { DetectionInputError } from '../DetectionInputError';

/** A series as it was in a file; `times` are milliseconds since 1970, or hours from 1970 on where the file has none. */
export interface FileSeries {
  values: number[];
  times: number[];
}

const hour = 3_600_000;

/** ISO 8601, the same with a space, or seconds or milliseconds since 1970; without a zone it is UTC. */
function parseTime(text: string): number {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    return number < 1e11 ? number * 1000 : number;
  }
  const iso = trimmed.replace(' ', 'T');
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(iso) ? iso : `${iso}Z`);
}

function parseCsv(path: string, text: string): FileSeries {
  const rows = text.split(/\r\n|\n|\r/).map(line => line.split(','));
  const isHeader = rows[0]?.length > 0 && Number.isNaN(Number(rows[0].at(-1)));
  const values: number[] = [];
  const times: number[] = [];
  rows.forEach((cells, index) => {
    if ((index === 0 && isHeader) || cells.join('').trim() === '') {
      return;
    }
    const last = cells.at(-1)!.trim();
    const value = last === '' ? NaN : Number(last);
    const time = cells.length > 1 ? parseTime(cells[0]) : values.length * hour;
    if (!Number.isFinite(value) || !Number.isFinite(time)) {
      throw new DetectionInputError(
        `${path}, line ${index + 1}: "${cells.join(
          ',',
        )}" is not a time and a finite number`,
      );
    }
    values.push(value);
    times.push(time);
  });
  return { values, times };
}

/** An array of numbers, `{ values }`, a series of the Turing Change Point Dataset, or a graph of Perfherder. */
function parseJson(path: string, text: string): FileSeries {
  const content = JSON.parse(text);
  let values: unknown = Array.isArray(content)
    ? content
    : content?.values ?? content?.series?.[0]?.raw;
  let times: number[] | undefined;
  if (Array.isArray(content?.test_runs)) {
    values = content.test_runs.map((run: unknown[]) => run[3]);
    times = content.test_runs.map((run: unknown[]) => Number(run[2]) * 1000);
  }
  if (!Array.isArray(values)) {
    throw new DetectionInputError(`${path} holds no array of numbers`);
  }
  const wrong = values.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new DetectionInputError(
      `${path}: value ${wrong} is ${JSON.stringify(
        values[wrong],
      )}, not a finite number`,
    );
  }
  return {
    values: values as number[],
    times: times ?? values.map((_, index) => index * hour),
  };
}

/**
 * Reads a series of a file: CSV with a time and a value in each row, or JSON.
 *
 * @throws DetectionInputError when it holds no numbers
 */
export function readSeries(path: string): FileSeries {
  const text = readFileSync(path === '-' ? 0 : path, 'utf8').replace(
    /^\uFEFF/,
    '',
  );
  const series = /^\s*[[{]/.test(text)
    ? parseJson(path, text)
    : parseCsv(path, text);
  if (series.values.length === 0) {
    throw new DetectionInputError(`${path} holds no values`);
  }
  return series;
}
