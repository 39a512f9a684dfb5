import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  ChangedFile,
  CiChanges,
  SuspectedIncident,
} from '@ci-medic/plugin-ci-medic-node';
import { Readable } from 'stream';
import { ChangeCollector } from './ChangeCollector';
import { namedFiles } from './namedFiles';
import { rankCauses } from './rankCauses';
import { runnerFacts } from './runnerFacts';
import { CommitSource } from './sources/CommitSource';
import { DependencySource } from './sources/DependencySource';
import { summarizeChanges } from './summarizeChanges';

const file = (path: string, more: Partial<ChangedFile> = {}): ChangedFile => ({
  ...{ path, additions: 2, deletions: 1 },
  ...more,
});

const end = (sha: string, hour: number) => ({
  ...{ runId: sha, jobId: `job-${sha}`, sha },
  at: `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

function incidentOf(
  change: Partial<SuspectedIncident> = {},
): SuspectedIncident {
  const lines = change.lines ?? [];
  return {
    ...{ id: 'incident', entityRefs: ['component:default/shop'] },
    project: { provider: 'github', host: 'ci.example', slug: 'acme/shop' },
    ...{ fingerprint: 'f', jobName: 'build', packages: [], lines },
    pipelinePath: '.github/workflows/ci.yml',
    ...{ lastPass: end('base', 9), firstFail: end('head', 12) },
    files: namedFiles(lines),
    probabilities: { code: 0.3, dependency: 0.3, configuration: 0.2 },
    ...change,
  };
}

function changesOf(change: Partial<CiChanges>): CiChanges {
  const missing = async () => {
    throw new NotFoundError('Nothing');
  };
  return {
    ...{ compareCommits: missing, commitFiles: missing, openFile: missing },
    compareDependencies: async () => undefined,
    ...change,
  };
}

const collect = (changes: CiChanges, incident = incidentOf()) =>
  new ChangeCollector({
    changesOf: () => changes,
    logger: mockServices.logger.mock(),
    sources: [
      new CommitSource(),
      new DependencySource({ changesOf: () => changes }),
    ],
  }).collect(incident, new AbortController().signal);

const rank = async (
  changes: CiChanges,
  incident = incidentOf(),
  outcomes: Parameters<typeof rankCauses>[0]['outcomes'] = [],
) =>
  rankCauses({
    ...{ incident, outcomes, flips: { flips: 0, executions: 0 } },
    changes: await collect(changes, incident),
  });

/** A range of commits, each with its files. */
const range = (
  commits: { sha: string; message?: string; files: ChangedFile[] }[],
  more: Partial<CiChanges> = {},
) =>
  changesOf({
    compareCommits: async () => ({
      commits: commits.map(({ sha, message = sha }) => ({ sha, message })),
      totalCommits: commits.length,
      files: commits.flatMap(({ files }) => files),
      filesTruncated: false,
    }),
    commitFiles: async ({ sha }) =>
      commits.find(commit => commit.sha === sha)!.files,
    ...more,
  });

const lockfile = (packages: Record<string, string>) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(
      Object.entries(packages).map(([name, version]) => [
        `node_modules/${name}`,
        { version },
      ]),
    ),
  });

describe('suspects', () => {
  it('are packages, each with its version, by the lockfiles where nothing compares them', async () => {
    const cause = await rank(
      range([{ sha: 'head', files: [file('package-lock.json')] }], {
        openFile: async ({ sha }) =>
          Readable.from([
            lockfile({ axios: sha === 'base' ? '1.7.0' : '1.8.0', zod: '4' }),
          ]),
      }),
      incidentOf({
        lines: [{ number: 1204, text: "Cannot find export 'x' of 'axios'" }],
      }),
    );
    expect(cause.suspects[0]).toMatchObject({
      ...{ kind: 'dependency', title: 'axios 1.7.0 → 1.8.0' },
      package: { ecosystem: 'npm', name: 'axios', from: '1.7.0', to: '1.8.0' },
      reasons: expect.arrayContaining([
        'the failure names `axios` in line 1,204',
        'is the only dependency that changed, in `package-lock.json`',
      ]),
    });
  });

  it('come from the readable lockfiles; a broken and a far too large one are named', async () => {
    async function* endless() {
      yield '{"packages": {';
      for (let index = 0; ; index++) {
        yield `${index ? ',' : ''}"node_modules/a": {"x": "${'y'.repeat(
          1_000_000,
        )}"}`;
      }
    }
    const texts: Record<string, () => Readable> = {
      'a/package-lock.json': () => Readable.from(['<<<<<<< HEAD\n{']),
      'b/package-lock.json': () => Readable.from(endless()),
      'requirements.txt': () => Readable.from([`httpx==${Math.random()}\n`]),
    };
    const cause = await rank(
      range(
        [{ sha: 'head', files: Object.keys(texts).map(path => file(path)) }],
        {
          openFile: async ({ path }) => texts[path](),
        },
      ),
    );
    expect(cause.suspects.map(one => one.title)).toEqual([
      expect.stringMatching(/^httpx/),
      'head',
    ]);
    expect(cause.missing).toEqual([
      {
        part: 'dependencies',
        reason: expect.stringMatching(/^a\/package-lock.json is broken/),
      },
      {
        part: 'dependencies',
        reason: expect.stringMatching(/^b\/package-lock.json is larger than/),
      },
    ]);
  }, 60_000);

  it('are at most five of 742 commits, and what was left out is said', async () => {
    const asked: string[] = [];
    const cause = await rank(
      changesOf({
        compareCommits: async ({ mostCommits }) => ({
          commits: Array.from({ length: mostCommits }, (_, index) => ({
            sha: `c${index}`,
            message: `Change ${index}`,
          })),
          totalCommits: 742,
          files: Array.from({ length: 300 }, (_, index) => file(`f${index}`)),
          filesTruncated: true,
        }),
        commitFiles: async ({ sha }) => {
          asked.push(sha);
          return [file(sha === 'c290' ? 'src/pay.ts' : 'src/other.ts')];
        },
      }),
      incidentOf({ lines: [{ number: 7, text: 'at pay (src/pay.ts:3:1)' }] }),
    );
    expect(asked).toHaveLength(40);
    expect(cause.suspects).toHaveLength(5);
    expect(cause.suspects[0].id).toBe('c290');
    expect(cause.range?.commits).toBe(742);
    expect(cause.missing.map(({ reason }) => reason)).toEqual([
      'The range has 742 commits; the oldest 442 were not looked at',
      'Which files the oldest 260 of 300 commits changed was not asked',
    ]);
  });

  it('do not stand without a range: after a forced push that is said', async () => {
    const cause = await rank(changesOf({}));
    expect(cause.suspects).toEqual([]);
    expect(cause.missing).toEqual([
      {
        part: 'commits',
        reason:
          'A commit of the range is gone, as after a forced push: Nothing',
      },
    ]);
  });

  it('weigh by what they change: workflows, documentation, what is reverted', async () => {
    const found = await collect(
      range([
        { sha: 'w', files: [file('.github/workflows/ci.yml')] },
        { sha: 'd', files: [file('docs/a.md'), file('LICENSE')] },
        { sha: 'r', message: 'Change x', files: [file('src/x.ts')] },
        {
          ...{ sha: 'u', message: 'Revert "Change x"' },
          files: [file('src/x.ts')],
        },
      ]),
    );
    const kinds = found.suspects.map(({ kind, evidence }) => [
      kind,
      ...evidence.map(({ name }) => name),
    ]);
    expect(kinds).toEqual([
      ['workflow', 'diagnosed', 'ci_change', 'size'],
      ['commit', 'harmless_files', 'size'],
      ['commit', 'diagnosed', 'size', 'reverts_suspect'],
      ['commit', 'diagnosed', 'size'],
    ]);
    expect(summarizeChanges(found)).toEqual({
      ...{ commits: 4, sources: 2, tests: 0, documentation: 2, workflows: 1 },
      ...{ buildFiles: 0, dependencies: [], runner: false, upstream: [] },
    });
  });

  it('are blamed less once the same commit passes, not once another does', async () => {
    const changes = range([
      { sha: 'a', files: [file('src/a.ts')] },
      { sha: 'head', files: [file('src/b.ts')] },
    ]);
    const at = (hour: number) => Date.parse(end('x', hour).at);
    const failed = [
      { jobId: 'job-head', sha: 'head', at: at(12), outcome: 'fail' as const },
      { jobId: 'j2', sha: 'head', at: at(13), outcome: 'fail' as const },
    ];
    const passes = (sha: string) => [
      ...failed,
      { jobId: 'j3', sha, at: at(14), outcome: 'pass' as const },
    ];
    const before = await rank(changes, incidentOf(), failed);
    const repaired = await rank(changes, incidentOf(), passes('later'));
    const flaky = await rank(changes, incidentOf(), passes('head'));
    expect(repaired.nobody).toEqual(before.nobody);
    expect(flaky.nobody.flaky).toBeGreaterThan(2 * before.nobody.flaky);
  });
});

describe('namedFiles', () => {
  it('finds files with lines, not versions and addresses, in bounded time', () => {
    const lines = [
      '  at total (/home/runner/work/shop/shop/src/cart.ts:12:7)',
      'at com.acme.Herd.handle(Herd.java:9)',
      'tests/test_order.py::test_total FAILED',
      'Downloading v1.2.3 from registry.npmjs.org and www.example.com',
      `${'a/'.repeat(50_000)}b.ts`,
      'x'.repeat(100_000),
    ].map((text, index) => ({ number: index + 1, text }));
    expect(namedFiles(lines).map(({ path, line }) => [path, line])).toEqual([
      ['home/runner/work/shop/shop/src/cart.ts', 12],
      ['com.acme.Herd.handle', undefined],
      ['Herd.java', 9],
      ['tests/test_order.py', undefined],
    ]);
  });
});

describe('runnerFacts', () => {
  it('reads the head of logs of GitHub and of GitLab', () => {
    expect(
      runnerFacts([
        "Current runner version: '2.329.0'",
        'Version: 1.0',
        'Image: ubuntu-24.04',
        'Version: 20251110.1',
        'Image: forged',
      ]),
    ).toEqual({
      runnerVersion: '2.329.0',
      image: 'ubuntu-24.04',
      imageVersion: '20251110.1',
    });
    expect(
      runnerFacts([
        'Running with gitlab-runner 17.5.0 (abc)',
        'Using docker image sha256:1 for node:22 with digest node@sha256:2 ...',
      ]),
    ).toEqual({
      ...{ runnerVersion: '17.5.0', image: 'node:22' },
      imageVersion: 'node@sha256:2',
    });
  });
});
