import { mkdir, mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { RecordedRepositoryInput } from '../recordings/recordingSchema';

type RecordedRunInput = RecordedRepositoryInput['runs'][number];

/** When the newest run of the recording ended. */
export const RECORDED_END = '2025-03-01T12:00:00Z';

const [base, onMain, onBranch] = ['a', 'b', 'c'].map(letter =>
  letter.repeat(40),
);

/** Identifiers of what the recording holds. */
export const recorded = {
  commits: { base, onMain, onBranch },
  /** Failed twice, then passed; of a pull request. */
  flakyRun: 9001,
  failedJob: 77001,
  artifact: 55001,
  /** Runs beside the one above. */
  otherRuns: 40,
} as const;

const LOG = [
  '2025-03-01T11:50:00.1234567Z ##[group]Run npm test',
  '2025-03-01T11:50:01.0000000Z FAIL src/cart.test.ts',
  'a line without a time',
  '2025-03-01T11:50:02.9999999Z ##[error]Process completed with exit code 1.',
];

/** Writes a small recording to a new folder; the function returned removes it. */
export async function writeRecording(): Promise<{
  folder: string;
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'ci-simulator-'));
  const path = join(folder, 'acme', 'checkout');
  await mkdir(join(path, 'logs'), { recursive: true });
  await mkdir(join(path, 'artifacts', 'reports', 'unit'), { recursive: true });
  await writeFile(join(path, 'logs', 'unit.txt'), `${LOG.join('\n')}\n`);
  await writeFile(
    join(path, 'artifacts', 'reports', 'unit', 'TEST-cart.xml'),
    '<testsuite name="cart" tests="1"/>',
  );
  await writeFile(join(path, 'repository.json'), JSON.stringify(repository()));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

function repository(): RecordedRepositoryInput {
  const author = { name: 'Ada', email: 'ada@acme.example', login: 'ada' };
  return {
    owner: 'acme',
    name: 'checkout',
    description: 'Carts and <orders>',
    defaultBranch: 'main',
    recordedAt: RECORDED_END,
    workflows: [
      { id: 11, name: 'CI', path: '.github/workflows/ci.yml' },
      { id: 12, name: 'Nightly', path: '.github/workflows/nightly.yml' },
    ],
    commits: [
      {
        ...{ sha: base, author, message: 'Start' },
        at: '2025-02-01T00:00:00Z',
        files: [{ path: 'src/cart.ts', status: 'added', additions: 10 }],
      },
      {
        ...{ sha: onMain, parents: [base], author, message: 'Tidy' },
        at: '2025-02-20T00:00:00Z',
        files: ['README.md'],
      },
      {
        ...{ sha: onBranch, parents: [base], author },
        message: 'Round prices\n\nTo cents.',
        at: '2025-02-28T00:00:00Z',
        files: [
          'src/cart.ts',
          {
            ...{ path: 'src/money.ts', previousPath: 'src/cash.ts' },
            ...{ status: 'renamed', patch: '@@ -1 +1 @@\n-a\n+b' },
          },
        ],
      },
    ],
    runs: [flakyRun(), ...Array.from({ length: recorded.otherRuns }, otherRun)],
  };
}

function flakyRun(): RecordedRunInput {
  const attempt = (number: number, minute: number, passes: boolean) => {
    const at = (offset: number) =>
      new Date(
        Date.parse('2025-03-01T11:00:00Z') + (minute + offset) * 60_000,
      ).toISOString();
    const conclusion = passes ? ('success' as const) : ('failure' as const);
    return {
      ...{ attempt: number, conclusion },
      ...{ createdAt: at(0), startedAt: at(1), completedAt: at(10) },
      jobs: [
        {
          id: 77000 + number,
          ...{ name: 'unit / "fast"', conclusion },
          ...{ createdAt: at(0), startedAt: at(1), completedAt: at(9) },
          runner: { name: 'runner-1', labels: ['ubuntu-24.04'] },
          steps: [
            { number: 1, name: 'Set up job', conclusion: 'success' as const },
            {
              ...{ number: 4, name: 'Run npm test', conclusion },
              ...{ startedAt: at(2), completedAt: at(8) },
            },
          ],
          log: 'logs/unit.txt',
        },
        {
          ...{ name: 'deploy', conclusion: 'skipped' as const },
          ...{ createdAt: at(9), startedAt: at(9), completedAt: at(9) },
        },
      ],
      artifacts: passes
        ? []
        : [
            {
              id: 55000 + number,
              name: 'reports',
              files: 'artifacts/reports',
            },
          ],
    };
  };
  return {
    ...{ id: recorded.flakyRun, number: 90, workflowId: 11 },
    ...{ event: 'pull_request', branch: 'round', sha: onBranch, actor: 'ada' },
    pullRequests: [
      {
        number: 7,
        head: { branch: 'round', sha: onBranch },
        base: { branch: 'main', sha: onMain },
      },
    ],
    attempts: [
      attempt(1, 20, false),
      attempt(2, 35, false),
      { ...attempt(3, 50, true), triggeredBy: 'bot[bot]' },
    ],
  };
}

function otherRun(_: unknown, index: number): RecordedRunInput {
  const start = Date.parse('2025-02-21T00:00:00Z') + index * 3_600_000;
  const time = new Date(start).toISOString();
  return {
    ...{ id: 100 + index, number: index + 1 },
    workflowId: index % 4 === 0 ? 12 : 11,
    event: index % 4 === 0 ? 'schedule' : 'push',
    ...{ branch: 'main', sha: onMain, actor: 'grace' },
    attempts: [
      {
        attempt: 1,
        conclusion: index % 10 === 0 ? 'failure' : 'success',
        ...{ createdAt: time, startedAt: time, completedAt: time },
        jobs: [],
      },
    ],
  };
}
