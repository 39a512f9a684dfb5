import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';

/** A rollback that waits for a second owner, unless told otherwise. */
export function planOf(change: Partial<OfferedPlan> = {}): OfferedPlan {
  return {
    id: 'plan-1',
    incidentId: 'incident-1',
    runId: 'run-1',
    attempt: 1,
    action: 'rollback',
    actionTitle: 'Roll back',
    strategy: 'roll-back-a-bad-deployment',
    state: 'proposed',
    reason: 'One owner has to agree',
    mode: 'suggest',
    category: 'code',
    environment: 'production',
    words: {
      what: 'Deploys shop:41 to production with deploy.yml, in place of shop:42.',
      why: 'The failure is taken for deployment (82 % sure).',
      target: 'production of acme/shop',
      worstCase: 'What the newer version changed does not fit the older one.',
      cost: 'About 6 runner minutes: that is what it took.',
      undo: 'Deploy shop:42 again with deploy.yml.',
      verification: 'The deployment succeeds, within 120 minutes',
      otherwise: 'A person is told what to do',
    },
    stages: ['Start deploy.yml with shop:41'],
    gates: [
      { gate: 'kill_switch', result: 'passed', reasons: ['None is on'] },
      { gate: 'guardrails', result: 'passed', reasons: ['There is room'] },
      {
        gate: 'policy',
        result: 'passed',
        reasons: ['Only reruns are automatic'],
      },
      { gate: 'mode', result: 'passed', reasons: ['The mode is suggest'] },
      { gate: 'people', result: 'waits', reasons: ['One owner has to agree'] },
    ],
    hash: 'abc',
    author: 'ci-medic',
    approvalsNeeded: 2,
    approvals: [
      {
        approver: 'user:default/ada',
        verdict: 'approved',
        at: '2026-03-03T10:00:00.000Z',
      },
    ],
    createdAt: '2026-03-03T09:50:00.000Z',
    expiresAt: '2026-03-04T09:50:00.000Z',
    ...change,
  };
}
