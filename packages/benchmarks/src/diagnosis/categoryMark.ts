import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { shareInterval } from '../logs/intervals';
import { Mark, measured } from '../logs/Mark';
import { diagnoseCases } from './diagnoseCases';

/** Categories of the set of which the cause shows in the log, in our words. */
const OURS: Record<string, string> = {
  'Network Fluctuation': 'infrastructure',
  'Memory Limit': 'infrastructure',
  'API Service Unavailable': 'infrastructure',
  'Execution Crash': 'infrastructure',
  'Plugin/Tool Errors': 'infrastructure',
  'Cache Errors': 'infrastructure',
  'Git Repository Errors': 'configuration',
};

type Row = { id: string; label: string; log: string };

/** The category of flaky builds of GitHub Actions, which no model learned from. */
export async function categoryMark(data: string): Promise<Mark> {
  const name = 'category right, of those named';
  const target = 0.85;
  const basis =
    'flaky_builds_279, text read from screenshots, categories of which the cause shows in the log; not learned from; logs alone, without history';
  const file = join(data, 'flaky_builds_279.jsonl.gz');
  if (!existsSync(file)) {
    return { name, target, basis, skipped: `${file} is not there` };
  }
  const rows: Row[] = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line))
    .filter(({ label }) => label in OURS);
  const diagnosed = await diagnoseCases({
    data,
    cases: rows.map(({ id, log }) => ({ id, log })),
  });
  const answers = rows.map(row => ({
    said: diagnosed.get(row.id)!.category,
    truth: OURS[row.label],
  }));
  const named = answers.filter(({ said }) => said !== 'unknown');
  const right = named.filter(({ said, truth }) => said === truth).length;
  return measured({
    ...{ name, target, basis, cases: named.length },
    value: right / named.length,
    interval: shareInterval(right, named.length),
    details: { cases: rows.length, unknown: rows.length - named.length },
  });
}
