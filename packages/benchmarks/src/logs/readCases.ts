import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

/** A row of a set; what it holds besides depends on the set. */
export type Case<Truth> = {
  id: string;
  ci: string;
  path: string;
  pass_path?: string;
  ground_truth: Truth;
};

/** The rows of a set, or `undefined` where the set is not there. */
export function readCases<Truth>(
  data: string,
  set: string,
): Case<Truth>[] | undefined {
  const path = join(data, `${set}.jsonl`);
  if (!existsSync(path)) {
    return undefined;
  }
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line));
}

/** The bytes of a log of the public data. */
export function readLog(data: string, path: string): Buffer {
  const bytes = readFileSync(join(data, path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
