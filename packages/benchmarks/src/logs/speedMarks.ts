import { execFile } from 'child_process';
import { existsSync } from 'fs';
import { mkdtemp, rm } from 'fs/promises';
import { cpus, tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { writeLargeLog } from './largeLog';
import { Mark, measured } from './Mark';
import { runBuildLog } from './runBuildLog';

const GIGABYTE = 1024 ** 3;
/** Drain3 takes minutes for more. */
const COMPARED_BYTES = 48 * 1024 ** 2;
// eslint-disable-next-line no-restricted-syntax -- this package is run from its sources
const DRAIN3 = join(__dirname, 'drain3_speed.py');

/** How fast templates are mined, next to the library that most use, in the same run on the same file. */
export async function templateSpeedMark(options: {
  data: string;
  python: string;
}): Promise<Mark> {
  const { data, python } = options;
  const name = "lines a second with templates, as a multiple of Drain3's";
  const target = 5;
  const basis =
    'public logs, the same file for both, one after the other; the command `templates` from its start to its end, against `TemplateMiner.add_log_message` alone';
  const folder = await mkdtemp(join(tmpdir(), 'build-log-speed-'));
  try {
    const { path, lines } = await writeLargeLog({
      ...{ data, folder, bytes: COMPARED_BYTES },
    });
    if (lines === 0) {
      return { name, target, basis, skipped: `no logs in ${data}` };
    }
    const theirs = await drain3Seconds(python, path);
    if (theirs === undefined) {
      const skipped = `needs a Python with the package drain3 (--python); ${python} is none`;
      return { name, target, basis, skipped };
    }
    const ours = await runBuildLog(['templates', path], () => {});
    return measured({
      ...{ name, target, basis, cases: lines },
      value: theirs / ours.cpuSeconds,
      details: {
        'lines a second': Math.round(lines / ours.cpuSeconds),
        "Drain3's": Math.round(lines / theirs),
        processor: cpus()[0]?.model ?? 'unknown',
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function drain3Seconds(
  python: string,
  path: string,
): Promise<number | undefined> {
  if (python.includes('/') && !existsSync(python)) {
    return undefined;
  }
  try {
    const { stdout } = await promisify(execFile)(python, [DRAIN3, path]);
    return JSON.parse(stdout).cpu_seconds;
  } catch (error) {
    if (/No module named 'drain3'|ENOENT/.test(String(error))) {
      return undefined;
    }
    throw error;
  }
}

/** What a log of some gigabytes costs, all of it parsed, explained and redacted. */
export async function largeLogMarks(options: {
  data: string;
  gigabytes: number;
}): Promise<Mark[]> {
  const { data, gigabytes } = options;
  const basis =
    'public logs one after the other, again and again; `explain --json`, which parses, redacts and explains each line';
  const time = {
    name: `a log of ${gigabytes} GiB`,
    unit: 's',
    target: 25,
    atMost: true,
  };
  const memory = {
    name: `a log of ${gigabytes} GiB, resident`,
    unit: 'MB',
    target: 250,
    atMost: true,
  };
  const folder = await mkdtemp(join(tmpdir(), 'build-log-large-'));
  try {
    const { path, bytes, lines } = await writeLargeLog({
      ...{ data, folder, bytes: gigabytes * GIGABYTE },
    });
    if (lines === 0) {
      const skipped = `no logs in ${data}`;
      return [
        { ...time, basis, skipped },
        { ...memory, basis, skipped },
      ];
    }
    const usage = await runBuildLog(['explain', path, '--json']);
    const details = {
      lines,
      bytes,
      'CPU seconds': Math.round(usage.cpuSeconds),
    };
    return [
      measured({ ...time, basis, cases: 1, value: usage.seconds, details }),
      measured({ ...memory, basis, cases: 1, value: usage.megabytes }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
