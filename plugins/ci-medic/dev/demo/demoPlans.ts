import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';

const passed = { result: 'passed' as const };

/** A rollback that waits for a second owner, and a plan that a gate did not let pass. */
export function demoPlans(incidentId: string): OfferedPlan[] {
  const now = Date.now();
  const at = (minutes: number) =>
    new Date(now + minutes * 60_000).toISOString();
  const common = {
    ...{ incidentId, runId: 'run-1', attempt: 1, author: 'ci-medic' },
    ...{ category: 'code' as const, hash: '0f', createdAt: at(-12) },
    expiresAt: at(1_400),
  };
  return [
    {
      ...common,
      id: 'plan-1',
      ...{ action: 'rollback', actionTitle: 'Roll back', state: 'proposed' },
      ...{ strategy: 'roll-back-a-bad-deployment', mode: 'suggest' },
      ...{ environment: 'production', reason: 'One owner has to agree' },
      words: {
        what: 'Deploys shop:41 (commit 5f0c2a91, healthy since yesterday) to production with deploy.yml, in place of shop:42.',
        why: 'The failure is taken for deployment (82 % sure), and passes without any change in 4 % of such cases.',
        target: 'production of acme/shop',
        worstCase:
          'What the newer version changed outside of itself, such as a migration of data, does not fit the older one.',
        cost: 'About 6 runner minutes: that is what it took.',
        undo: 'Deploy shop:42 again with deploy.yml.',
        verification: 'The deployment succeeds, within 120 minutes',
        otherwise: 'A person is told what to do',
      },
      stages: ['Start deploy.yml with shop:41'],
      gates: [
        { ...passed, gate: 'kill_switch', reasons: ['No kill switch is on'] },
        {
          ...{ ...passed, gate: 'guardrails' },
          reasons: ['Nothing that is never done, and the budgets have room'],
        },
        { ...passed, gate: 'policy', reasons: ['Only reruns are automatic'] },
        { ...passed, gate: 'mode', reasons: ['The mode is suggest'] },
        {
          ...{ gate: 'people', result: 'waits' },
          reasons: ['One owner has to agree'],
        },
      ],
      approvalsNeeded: 2,
      approvals: [
        { approver: 'user:default/ada', verdict: 'approved', at: at(-3) },
      ],
    },
    {
      ...common,
      id: 'plan-2',
      ...{ action: 'rerun', actionTitle: 'Rerun failed jobs', state: 'denied' },
      ...{ strategy: 'rerun-flaky-test', mode: 'off', approvals: [] },
      reason:
        '5 actions against this cause within a day are enough to know: it is systemic, and trying again is paused',
      words: {
        what: 'Runs again: build. Jobs that depend on them run again too.',
        why: 'The failure is taken for flaky test (71 % sure).',
        target: 'Run 41, attempt 1, of acme/shop on main',
        worstCase: 'They fail again.',
        cost: 'About 4 runner minutes: that is what it took.',
        undo: 'The new attempt can be cancelled.',
        verification: 'The new attempt passes',
      },
      stages: ['Run the failed jobs again'],
      gates: [
        { ...passed, gate: 'kill_switch', reasons: ['No kill switch is on'] },
        {
          ...{ gate: 'guardrails', result: 'refused' },
          reasons: ['5 actions against this cause within a day are enough'],
        },
        ...(['policy', 'mode', 'people'] as const).map(gate => ({
          ...{ gate, result: 'not_reached' as const, reasons: [] },
        })),
      ],
      approvalsNeeded: 0,
    },
  ];
}
