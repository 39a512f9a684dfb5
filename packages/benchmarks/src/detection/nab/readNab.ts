import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { ScoredSeries } from './scoreNab';

/** A series with its labelled windows, not scored yet. */
export interface NabSeries extends Omit<ScoredSeries, 'scores'> {
  times: number[];
  values: number[];
}

function parseTime(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
}

function rowsOf(path: string): [time: number, value: number][] {
  return readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => {
      const [time, value] = line.split(',');
      return [parseTime(time), Number(value)];
    });
}

/** Reads all labelled series of a copy of NAB that are there. */
export function readNab(root: string): NabSeries[] | undefined {
  const labels = join(root, 'labels', 'combined_windows.json');
  if (!existsSync(labels)) {
    return undefined;
  }
  const windows: Record<string, [string, string][]> = JSON.parse(
    readFileSync(labels, 'utf8'),
  );
  return Object.entries(windows)
    .filter(([name]) => existsSync(join(root, 'data', name)))
    .map(([name, labelled]) => {
      const rows = rowsOf(join(root, 'data', name));
      const times = rows.map(([time]) => time);
      return {
        name,
        times,
        values: rows.map(([, value]) => value),
        windows: labelled.map(([from, to]) => [
          times.findIndex(time => time >= parseTime(from)),
          times.findLastIndex(time => time <= parseTime(to)),
        ]),
      };
    });
}

/** The scores that a detector has published for a series, where the copy of NAB holds them. */
export function readPublished(
  root: string,
  detector: string,
  name: string,
): number[] | undefined {
  const [folder, file] = name.split('/');
  const path = join(root, 'results', detector, folder, `${detector}_${file}`);
  if (!existsSync(path)) {
    return undefined;
  }
  return readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => Number(line.split(',')[2]));
}
