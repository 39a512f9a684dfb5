import {
  Health,
  Incident,
  IncidentDetail,
  Occurrence,
} from '@ci-medic/plugin-ci-medic-common';
import { explanationOf } from '../../log/__fixtures__/explanationOf';

const project = { provider: 'github', host: 'github.com', slug: 'acme/shop' };

/** An open incident unless told otherwise. */
export function incidentOf(change: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-1',
    state: 'open',
    version: 3,
    title: 'No matching version found for left-pad@9',
    fingerprint: 'f00d',
    project,
    entityRefs: ['component:default/shop'],
    pipelines: ['CI'],
    jobs: ['build', 'test', 'lint'],
    branches: ['main', 'feature/pay'],
    occurrences: 7,
    firstSeenAt: '2026-03-02T10:00:00.000Z',
    lastSeenAt: '2026-03-03T10:00:00.000Z',
    reopened: 1,
    ...change,
  };
}

/** The n-th failed job; two occurrences share a run. */
export function occurrenceOf(n: number): Occurrence {
  return {
    runId: `run-${Math.ceil(n / 2)}`,
    attempt: n % 2 ? 1 : 2,
    jobId: `job-${n}`,
    jobName: 'build',
    pipeline: 'CI',
    branch: 'main',
    commitSha: '0123456789abcdef0123456789abcdef01234567',
    runNumber: 40 + n,
    at: '2026-03-03T10:00:00.000Z',
    url: `https://ci.example/job/${n}`,
  };
}

/** An incident of three occurrences in two runs. */
export function incidentDetailOf(
  change: Partial<IncidentDetail> = {},
): IncidentDetail {
  return {
    incident: incidentOf({ occurrences: 3 }),
    occurrences: [1, 2, 3].map(occurrenceOf),
    evidence: explanationOf(),
    timeline: [
      {
        id: 'event-1',
        at: '2026-03-02T10:00:00.000Z',
        kind: 'opened',
        message: 'First failure of build on main',
        runId: 'run-1',
        attempt: 1,
      },
      {
        id: 'event-2',
        at: '2026-03-02T11:00:00.000Z',
        kind: 'resolved',
        message: 'build passed on main',
        actor: 'octocat',
      },
      {
        id: 'event-3',
        at: '2026-03-03T10:00:00.000Z',
        kind: 'reopened',
        message: 'build failed again on main',
        runId: 'run-2',
        attempt: 1,
      },
    ],
    ...change,
  };
}

/** Ninety days with twelve runs. */
export function healthOf(change: Partial<Health> = {}): Health {
  const period = {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    runs: 12,
    failed: 0,
  };
  return {
    entityRef: 'component:default/shop',
    project,
    current: period,
    previous: period,
    days: [],
    pipelines: [{ id: '1', name: 'CI' }],
    branches: ['main', 'feature/pay'],
    openIncidents: 0,
    ...change,
  };
}
