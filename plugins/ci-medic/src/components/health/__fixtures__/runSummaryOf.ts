import { RunSummary } from '@ci-medic/plugin-ci-medic-common';

/** A failed run at its second attempt unless told otherwise. */
export function runSummaryOf(change: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-1',
    project: { provider: 'github', host: 'github.com', slug: 'acme/shop' },
    externalId: '900',
    number: 41,
    attempt: 2,
    pipeline: { id: '1', name: 'CI' },
    title: 'Apply a discount once',
    event: 'push',
    branch: 'main',
    commit: { sha: '0123456789abcdef0123456789abcdef01234567' },
    actor: 'octocat',
    pullRequests: [],
    isFork: false,
    status: 'completed',
    conclusion: 'failure',
    createdAt: '2026-03-03T10:00:00.000Z',
    startedAt: '2026-03-03T10:00:10.000Z',
    durationMs: 83_000,
    queueMs: 10_000,
    url: 'https://ci.example/run/900',
    attempts: [
      { attempt: 1, status: 'completed', conclusion: 'timed_out' },
      { attempt: 2, status: 'completed', conclusion: 'failure' },
    ],
    failedJobs: 1,
    incidentIds: ['incident-1'],
    ...change,
  };
}
