import { existsSync, readdirSync, readFileSync } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { mean, meanInterval } from './intervals';
import { Mark, measured } from './Mark';
import { parseCsv } from './parseCsv';
import { runBuildLog } from './runBuildLog';

const SUFFIX = '_2k.log_structured.csv';
const SYSTEMS = 16;

/**
 * Grouping accuracy as the field computes it (Zhu et al., ICSE-SEIP 2019): the share of lines whose group has exactly the
 * lines that the labelled group has.
 */
export async function groupingMark(loghub?: string): Promise<Mark> {
  const name = 'grouping accuracy of templates';
  const target = 0.9;
  const basis =
    'Loghub-2k: mean of its systems, 2,000 lines each, one configuration for all; interval by resampling systems';
  const files = loghub && existsSync(loghub) ? structuredFiles(loghub) : [];
  if (files.length === 0) {
    const skipped = loghub
      ? `${loghub} holds no *${SUFFIX}`
      : 'needs --loghub: a copy of logpai/loghub, which is not part of the project';
    return { name, target, basis, skipped };
  }
  const details: Record<string, number> = {};
  const folder = await mkdtemp(join(tmpdir(), 'build-log-grouping-'));
  try {
    for (const path of files) {
      const rows = parseCsv(readFileSync(path, 'utf8'));
      const content = rows[0].indexOf('Content');
      const event = rows[0].indexOf('EventId');
      const labels = rows.slice(1).map(row => row[event]);
      const log = join(folder, 'content.log');
      await writeFile(
        log,
        rows
          .slice(1)
          .map(row => `${row[content]}\n`)
          .join(''),
      );
      const ids: string[] = [];
      await runBuildLog(['templates', log], line => ids.push(line));
      const system = path.split(/[\\/]/).pop()!.replace(SUFFIX, '');
      details[system] = groupingAccuracy(ids, labels);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const values = Object.values(details);
  return measured({
    ...{ name, target, cases: values.length, value: mean(values) },
    interval: meanInterval(values),
    basis:
      values.length === SYSTEMS
        ? basis
        : `${basis}; only ${values.length} of ${SYSTEMS} systems were there`,
    details,
  });
}

function structuredFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(SUFFIX))
    .sort()
    .map(path => join(folder, path));
}

export function groupingAccuracy(ids: string[], labels: string[]): number {
  const sizes = countsOf(labels);
  const said = countsOf(ids);
  const both = countsOf(ids.map((id, index) => `${id} ${labels[index]}`));
  const right = labels.filter((label, index) => {
    const count = both.get(`${ids[index]} ${label}`);
    return count === sizes.get(label) && count === said.get(ids[index]);
  }).length;
  return labels.length === 0 ? 0 : right / labels.length;
}

function countsOf(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
