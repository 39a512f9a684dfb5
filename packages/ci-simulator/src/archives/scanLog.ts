import { Readable } from 'stream';
import { readLines } from './readLines';

/** What a log of GitHub Actions says about itself. */
export type LogFacts = {
  lines: number;
  firstTime?: number;
  lastTime?: number;
  /** The first line, without its time. */
  firstText?: string;
  /** What `##[error]` said last. */
  lastError?: string;
  /** Whether nothing but clean-up came after the last `##[error]`. */
  endsInError: boolean;
  /** `runs-on`. */
  labels: string[];
  runnerName?: string;
  /** Where the workflow file of the job lies. */
  definedAt?: { slug: string; path: string; ref: string };
  /** The job's name, not shortened. */
  jobName?: string;
  /** The repository that was checked out first. */
  checkedOut?: string;
  /** Heads of a pull request and its base, from the merge that was built. */
  merged?: { head: string; base: string };
  pullRequest?: number;
  /** In the preparation of a job: whether it was decided not to run it. */
  skips?: boolean;
};

const TIME = /^\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)?Z ?/;
const ERROR = '##[error]';
const MAX_LINE = 4096;

const facts: Array<[RegExp, (facts: LogFacts, match: string[]) => void]> = [
  [
    /^Requested labels: (.{1,500})$/,
    (found, [, labels]) => {
      found.labels = labels.split(',').map(label => label.trim());
    },
  ],
  [
    /^Job defined at: ([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[^@]{1,200})@(.{1,300})$/,
    (found, [, slug, path, ref]) => {
      found.definedAt = { slug, path, ref };
    },
  ],
  [
    /^Job is about to start running on the (?:hosted )?runner: (.{1,200}?)(?: \(\w+\))?$/,
    (found, [, name]) => {
      found.runnerName = name;
    },
  ],
  [
    /^Complete job name: (.{1,400})$/,
    (found, [, name]) => {
      found.jobName = name;
    },
  ],
  [
    /^Syncing repository: ([\w.-]+\/[\w.-]+)$/,
    (found, [, slug]) => {
      found.checkedOut ??= slug;
    },
  ],
  [
    /^HEAD is now at [0-9a-f]{7,40} Merge ([0-9a-f]{40}) into ([0-9a-f]{40})$/,
    (found, [, head, base]) => {
      found.merged ??= { head, base };
    },
  ],
  [
    /^Skip evaluating /,
    found => {
      found.skips = true;
    },
  ],
  [
    /refs\/(?:remotes\/)?pull\/(\d{1,9})\/merge/,
    (found, [, number]) => {
      found.pullRequest ??= Number(number);
    },
  ],
];

/** Reads a log to its end and remembers what it says about itself. */
export async function scanLog(content: Readable): Promise<LogFacts> {
  const found: LogFacts = { lines: 0, endsInError: false, labels: [] };
  for await (const line of readLines(content, { maxBytes: MAX_LINE })) {
    found.lines++;
    const match = TIME.exec(line);
    const text = match ? line.slice(match[0].length) : line;
    if (match) {
      const time = Date.parse(`${match[1]}.${match[2] ?? '000'}Z`);
      found.firstTime ??= time;
      found.lastTime = time;
    }
    found.firstText ??= text;
    if (text.startsWith(ERROR)) {
      found.lastError = text.slice(ERROR.length);
      found.endsInError = true;
    } else if (text !== '' && text !== 'Cleaning up orphan processes') {
      found.endsInError = false;
    }
    for (const [pattern, remember] of facts) {
      const said = pattern.exec(text);
      if (said) {
        remember(found, said);
      }
    }
  }
  return found;
}
