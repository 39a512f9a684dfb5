import { createHash } from 'crypto';
import { Readable } from 'stream';
import { chanceOf } from '../engine/random';
import { Attempt, Commit, Job, Repository, Run } from '../world/model';
import { stableId } from '../world/stableId';

/**
 * Many small runs for measurements: nothing to read, much to receive.
 *
 * @public
 */
export type LoadOptions = {
  /** How many runs. */
  runs: number;
  /** Share of them that failed; 0.1 when missing. */
  failing?: number;
  /** How many jobs each has; 2 when missing, and at least that. */
  jobs?: number;
  /** Over how many repositories `load/service-001` … they are spread; 10. */
  repositories?: number;
  /**
   * How many lines the log of a failed job has. Then each failure is of its own, on a runner of its own; without it
   * all are alike, and logs have a handful of lines.
   */
  lines?: number;
  seed?: string | number;
};

const OWNER = 'load';
const FIRST_RUN_ID = 9_000_000_001;
const RUN_MS = 60_000;
/** The second one fails where a run fails. */
const FIRST_JOBS = ['build', 'test'];
const RUNNER = { name: 'load-1', group: 'Default', labels: ['ubuntu-24.04'] };

/** Makes the repositories; the newest run ended a minute ago. */
export function createLoad(options: LoadOptions, now: number): Repository[] {
  const { runs, failing = 0.1, repositories: count = 10, seed = 0 } = options;
  const { jobs = FIRST_JOBS.length } = options;
  const names = [
    ...FIRST_JOBS,
    ...Array.from(
      { length: Math.max(0, jobs - FIRST_JOBS.length) },
      (_, index) => `check-${index + 1}`,
    ),
  ];
  const repositories = Array.from({ length: count }, (_, index) =>
    emptyRepository(`service-${String(index + 1).padStart(3, '0')}`),
  );
  for (let index = 0; index < runs; index++) {
    const repository = repositories[index % count];
    const at = now - RUN_MS * (2 + (runs - index) / count);
    const isFailing = chanceOf('load', seed, index) < failing;
    const own = options.lines && { lines: options.lines, word: wordOf(index) };
    const id = FIRST_RUN_ID + index;
    addRun(repository, { id, at, isFailing, names, own: own || undefined });
  }
  return repositories;
}

/** A failure that is like no other. */
type OwnFailure = { lines: number; word: string };

/** Letters, because numbers tell no failures apart. */
function wordOf(index: number): string {
  return [...String(index).padStart(4, '0')]
    .map(digit => 'bcdfghklmn'[Number(digit)] + 'aeiou'[Number(digit) % 5])
    .join('');
}

function linesOf({ lines, word }: OwnFailure): string[] {
  return [
    ...Array.from(
      { length: Math.max(0, lines - 5) },
      (_, line) =>
        `[${line + 1}/${lines}] cc -O2 -c src/part-${line % 997}.c -o out/${
          line % 13
        }/part-${line}.o`,
    ),
    `src/${word}.c:12:7: error: use of undeclared identifier '${word}'`,
  ];
}

function runnerOf(own: OwnFailure | undefined) {
  return own ? { ...RUNNER, name: `load-${own.word}` } : RUNNER;
}

function emptyRepository(name: string): Repository {
  const id = stableId(['repository', OWNER, name], 9);
  const path = '.github/workflows/ci.yml';
  return {
    ...{ id, owner: OWNER, name, defaultBranch: 'main' },
    workflows: [{ id: stableId(['workflow', id], 8), name: 'CI', path }],
    ...{ commits: new Map(), runs: [] },
  };
}

function addRun(
  repository: Repository,
  options: {
    id: number;
    at: number;
    isFailing: boolean;
    names: string[];
    own?: OwnFailure;
  },
): void {
  const { id, at, isFailing, names, own } = options;
  const sha = createHash('sha1').update(`load ${id}`).digest('hex');
  const number = repository.runs.length + 1;
  const message = `Change ${number}`;
  const parent = repository.runs.at(-1)?.sha;
  const commit: Commit = {
    ...{ sha, message, at, parents: parent ? [parent] : [] },
    author: { name: 'Load', email: 'load@example.com', login: 'load' },
    files: [],
  };
  repository.commits.set(sha, commit);
  const jobs = names.map((name, index) =>
    jobOf({
      ...{ id: names.length * id + index, name, at, own },
      isFailing: isFailing && name === FIRST_JOBS[1],
    }),
  );
  const attempt: Attempt = {
    ...{ attempt: 1, status: 'completed', triggeredBy: 'load', jobs },
    conclusion: isFailing ? 'failure' : 'success',
    ...{ createdAt: at, startedAt: at, completedAt: at + RUN_MS },
    artifacts: [],
    logFiles: jobs.map(({ name, log }, position) => ({
      ...log!,
      name: `${position}_${name}.txt`,
    })),
  };
  const run: Run = {
    ...{ id, number, sha, event: 'push', branch: 'main', actor: 'load' },
    ...{ title: message, workflow: repository.workflows[0] },
    ...{ pullRequests: [], attempts: [attempt] },
  };
  repository.runs.push(run);
}

function jobOf(options: {
  id: number;
  name: string;
  at: number;
  isFailing: boolean;
  own?: OwnFailure;
}): Job {
  const { id, name, at, isFailing, own } = options;
  const conclusion = isFailing ? 'failure' : 'success';
  const times = { startedAt: at + 1000, completedAt: at + RUN_MS };
  const stamp = new Date(at + 2000).toISOString().replace('Z', '0000Z');
  const lines = [
    `##[group]Run make ${name}`,
    '##[endgroup]',
    ...(isFailing
      ? [
          ...(own ? linesOf(own) : []),
          `make: *** [Makefile:3: ${name}] Error 2`,
          '##[error]Process completed with exit code 2.',
        ]
      : []),
  ];
  const text = lines.map(line => `${stamp} ${line}\n`).join('');
  return {
    ...{ id, name, conclusion, status: 'completed', needs: [] },
    ...{ createdAt: at, runner: runnerOf(own), ...times },
    steps: [{ number: 1, name: `make ${name}`, conclusion, ...times }],
    log: { open: async () => Readable.from([Buffer.from(text)]) },
  };
}
