import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';

/** A diagnosed incident. */
export function alertMessageOf(
  change: Partial<AlertMessage> = {},
): AlertMessage {
  return {
    incidentId: 'a1b2c3d4e5f6a1b2c3d4e5f6',
    state: 'open',
    kind: 'incident',
    turningPoint: 'diagnosed',
    title: 'checkout: No matching version found for left-pad@9',
    summary:
      'Job "build" of "CI" on main fails since run 41 (24 Nov 2026 10:35 UTC).',
    diagnosis: {
      text: '86 % dependency (version not found)',
      basis: ['Decided by a known signature', 'npm says ETARGET in line 812'],
    },
    evidence: [
      'npm error code ETARGET',
      'npm error notarget No matching version found for left-pad@9.',
    ],
    suspects: [
      {
        text: '71 %: Bump left-pad to 9 (3f2a9c1)',
        reason: 'The only change that touches package.json',
        url: 'https://github.com/acme/checkout/commit/3f2a9c1',
      },
      { text: '9 %: Move to Node 24 (77aa001)' },
    ],
    cause: 'Most likely the commit 3f2a9c1 caused it.',
    next: [
      'Next: nothing is done before an owner decides; when the same commit is run again, it passes with 4 %.',
    ],
    entityRefs: ['component:default/checkout'],
    path: '/catalog/default/component/checkout/incidents/a1b2c3d4e5f6a1b2c3d4e5f6',
    runUrl: 'https://github.com/acme/checkout/actions/runs/41/job/7',
    actions: [
      { id: 'rerunrerunrerunrerunreru', kind: 'rerun' },
      { id: 'rightrightrightrightrigh', kind: 'right' },
      { id: 'wrongwrongwrongwrongwron', kind: 'wrong' },
      { id: 'mutemutemutemutemutemute', kind: 'mute' },
    ],
    ...change,
  };
}
