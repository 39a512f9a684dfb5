import {
  Remediation,
  RemediationOption,
} from '@ci-medic/plugin-ci-medic-common';

/** A rerun of attempt 1 of the first run that was asked for and waits, unless told otherwise. */
export function remediationOf(change: Partial<Remediation> = {}): Remediation {
  return {
    id: 'remediation-1',
    incidentId: 'incident-1',
    action: 'rerun',
    title: 'Rerun failed jobs',
    runId: 'run-1',
    attempt: 1,
    state: 'approved',
    reason: 'Asked for by user:default/ada',
    requestedBy: 'user:default/ada',
    requestedAt: '2026-03-03T10:00:00.000Z',
    updatedAt: '2026-03-03T10:00:01.000Z',
    stages: ['Run the failed jobs again'],
    stagesDone: 0,
    events: [
      {
        id: 'step-1',
        at: '2026-03-03T10:00:00.000Z',
        state: 'approved',
        message: 'Asked for by user:default/ada',
        actor: 'user:default/ada',
      },
    ],
    ...change,
  };
}

/** What may be done about attempt 1 of the first run. */
export function optionOf(
  change: Partial<RemediationOption> = {},
): RemediationOption {
  return {
    action: 'rerun',
    runId: 'run-1',
    attempt: 1,
    allowed: true,
    ...change,
  };
}
