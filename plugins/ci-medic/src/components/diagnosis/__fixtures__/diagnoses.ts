import {
  Diagnosis,
  Feedback,
  FailureKind,
  IncidentCause,
  RootCause,
} from '@ci-medic/plugin-ci-medic-common';

/** A full disk, found by a signature beside the model, unless told otherwise. */
export function diagnosisOf(change: Partial<Diagnosis> = {}): Diagnosis {
  return {
    id: 'diagnosis-1',
    incidentId: 'incident-1',
    jobId: 'job-1',
    category: 'infrastructure',
    subCategory: 'infrastructure.disk_full',
    confidence: 0.91,
    secondBest: { category: 'code', confidence: 0.05 },
    probabilities: {
      flaky_test: 0.02,
      dependency: 0.01,
      infrastructure: 0.91,
      configuration: 0.01,
      code: 0.05,
      unknown: 0,
    },
    transient: 0.8,
    decidedBy: 'signature',
    reasons: [
      {
        source: 'signature',
        category: 'infrastructure',
        weight: 3.2,
        text: 'The log says that the disk is full.',
        lines: [[98, 100]],
      },
      {
        source: 'history',
        category: 'code',
        weight: -1,
        text: 'The same job passed before on the same commit.',
      },
    ],
    wouldSettle: [],
    missing: [],
    model: { name: 'failure-classifier', version: '7' },
    createdAt: '2026-03-03T10:00:00.000Z',
    ...change,
  };
}

export const diskFull: FailureKind = {
  key: 'infrastructure.disk_full',
  category: 'infrastructure',
  title: 'Disk is full',
  description: 'A machine has no room left.',
  advice: ['Run it on another machine.'],
};

/** A commit upstream of the shop, unless told otherwise. */
export function rootCauseOf(change: Partial<RootCause> = {}): RootCause {
  return {
    incidentId: 'incident-1',
    range: {
      lastPass: { runId: 'run-1', sha: 'aaaaaaaa' },
      firstFail: { runId: 'run-2', sha: 'bbbbbbbb' },
      commits: 3,
      url: 'https://ci.example/compare',
    },
    verdict: 'suspect',
    suspects: [
      {
        id: 'component:default/kit',
        kind: 'upstream',
        title: 'kit: Release 2.0.0',
        probability: 0.71,
        reasons: ['released in this time, 1 step upstream'],
        entityRef: 'component:default/kit',
        at: '2026-03-03T09:00:00.000Z',
      },
      {
        id: '0123456789',
        kind: 'commit',
        title: 'Sort orders',
        probability: 0.2,
        reasons: ['is the only change that touches `pom.xml`'],
        commitSha: '0123456789',
        author: 'ada',
        url: 'https://ci.example/commit/0123456789',
      },
    ],
    nobody: { flaky: 0.05, infrastructure: 0.03, unlisted: 0.01 },
    sentence: '71 %: kit: Release 2.0.0',
    missing: [],
    graph: {
      nodes: [
        { entityRef: 'component:default/kit', role: 'suspect' },
        { entityRef: 'component:default/shop', role: 'affected' },
      ],
      edges: [
        {
          from: 'component:default/shop',
          to: 'component:default/kit',
          relation: 'dependsOn',
        },
      ],
    },
    createdAt: '2026-03-03T10:00:00.000Z',
    ...change,
  };
}

export function causeOf(change: Partial<IncidentCause> = {}): IncidentCause {
  return {
    rootCause: rootCauseOf(),
    blastRadius: {
      incidents: [
        {
          incidentId: 'incident-9',
          title: 'kit does not build',
          state: 'open',
          entityRefs: ['component:default/kit'],
          isLeader: true,
        },
        {
          incidentId: 'incident-1',
          title: 'No matching version',
          state: 'open',
          entityRefs: ['component:default/shop'],
          reason: 'What it depends on has an incident of its own',
          isLeader: false,
        },
      ],
      entities: [
        { entityRef: 'component:default/kit', owners: ['group:default/base'] },
        { entityRef: 'component:default/shop', owners: [] },
      ],
      hidden: 2,
    },
    ...change,
  };
}

export function feedbackOf(change: Partial<Feedback> = {}): Feedback {
  return {
    id: 'feedback-1',
    incidentId: 'incident-1',
    fingerprint: 'f',
    verdict: 'wrong',
    category: 'code',
    via: 'slack',
    actor: 'user:default/ada',
    at: '2026-03-03T10:00:00.000Z',
    ...change,
  };
}
