import { createWriteStream, existsSync } from 'fs';
import { once } from 'events';
import { join } from 'path';
import { readCases, readLog } from './readCases';

const SETS = ['cidiff', 'veloren', 'treeherder'];
const LINE_FEED = 10;

/** All logs of the public data, one after the other and again and again, up to a size. */
export async function writeLargeLog(options: {
  data: string;
  folder: string;
  bytes: number;
}): Promise<{ path: string; bytes: number; lines: number }> {
  const { data, folder, bytes } = options;
  const path = join(folder, 'large.log');
  const file = createWriteStream(path);
  const logs = SETS.flatMap(set => readCases<unknown>(data, set) ?? []).filter(
    one => existsSync(join(data, one.path)) && one.path.endsWith('.gz'),
  );
  let size = 0;
  let lines = 0;
  while (size < bytes && logs.length > 0) {
    for (const one of logs) {
      const log = readLog(data, one.path);
      const isWhole = log[log.length - 1] === LINE_FEED;
      size += log.length + (isWhole ? 0 : 1);
      lines += countLines(log);
      if (!file.write(isWhole ? log : Buffer.concat([log, Buffer.of(10)]))) {
        await once(file, 'drain');
      }
      if (size >= bytes) {
        break;
      }
    }
  }
  file.end();
  await once(file, 'close');
  return { path, bytes: size, lines };
}

function countLines(log: Buffer): number {
  let count = 0;
  let at = log.indexOf(LINE_FEED);
  while (at !== -1) {
    count += 1;
    at = log.indexOf(LINE_FEED, at + 1);
  }
  return count + (log[log.length - 1] === LINE_FEED ? 0 : 1);
}
