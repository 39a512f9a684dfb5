import {
  Incident,
  IncidentDetail,
  Occurrence,
} from '@ci-medic/plugin-ci-medic-common';
import { demoExplanation } from './demoLog';
import { demoRuns } from './demoRuns';

const HOUR_MS = 3_600_000;
const ago = (hours: number) =>
  new Date(Date.now() - hours * HOUR_MS).toISOString();

function incidentOf(
  number: number,
  title: string,
  change: Partial<Incident>,
): Incident {
  return {
    id: `incident-${number}`,
    state: 'open',
    version: 2,
    title,
    fingerprint: '7d0f5a1c2be94e60',
    project: { provider: 'github', host: 'github.com', slug: 'acme/shop' },
    entityRefs: ['component:default/shop'],
    pipelines: ['CI'],
    jobs: ['test (ubuntu, 22)'],
    branches: ['main', 'feature/checkout'],
    occurrences: 5,
    firstSeenAt: ago(30),
    lastSeenAt: ago(2),
    reopened: 0,
    ...change,
  };
}

/** What is, or was, broken. */
export const demoIncidents: Incident[] = [
  incidentOf(1, 'Cart › totals › applies a discount once', {}),
  incidentOf(2, 'connect ETIMEDOUT <address>: the package registry is away', {
    jobs: ['lint', 'test (ubuntu, 22)', 'test (windows, 22)', 'package'],
    pipelines: ['CI', 'Deploy'],
    branches: ['main', 'feature/checkout', 'renovate/all'],
    occurrences: 23,
    firstSeenAt: ago(220),
    lastSeenAt: ago(5),
    reopened: 2,
  }),
  incidentOf(3, "TS2345: Argument of type 'string' is not assignable", {
    state: 'resolved',
    jobs: ['package'],
    branches: ['renovate/all'],
    occurrences: 1,
    firstSeenAt: ago(400),
    lastSeenAt: ago(400),
    resolvedAt: ago(380),
  }),
];

/** One incident with its timeline and occurrences. */
export function demoIncidentDetail(incident: Incident): IncidentDetail {
  const occurrences: Occurrence[] = demoRuns
    .filter(run => run.conclusion === 'failure')
    .slice(0, Math.min(8, incident.occurrences))
    .map(run => ({
      runId: run.id,
      attempt: run.attempt,
      jobId: `${run.id}-${run.attempt}-1`,
      jobName: incident.jobs[0],
      pipeline: run.pipeline.name,
      branch: run.branch,
      commitSha: run.commit.sha,
      runNumber: run.number,
      at: run.createdAt,
      url: run.url,
    }));
  const first = occurrences.at(-1);
  return {
    incident,
    occurrences,
    evidence: demoExplanation(occurrences[0]?.jobId ?? 'run-1-1-1'),
    timeline: [
      {
        id: '1',
        at: incident.firstSeenAt,
        kind: 'opened',
        message: `First failure of ${incident.jobs[0]} on main`,
        runId: first?.runId,
        attempt: first?.attempt,
      },
      {
        id: '2',
        at: incident.lastSeenAt,
        kind: 'occurred',
        message: `${incident.jobs[0]} failed on feature/checkout`,
        runId: occurrences[0]?.runId,
        attempt: occurrences[0]?.attempt,
      },
      ...(incident.resolvedAt
        ? [
            {
              id: '3',
              at: incident.resolvedAt,
              kind: 'resolved' as const,
              message: `${incident.jobs[0]} passed on ${incident.branches[0]}`,
            },
          ]
        : []),
    ],
  };
}
