import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  CiMedicApi,
  Remediation,
  RemediationOption,
  Remediations,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import { demoIncidentDetail, demoIncidents } from './demoIncidents';

/** Where a rerun stands, question after question. */
const WAY: [RemediationState, string][] = [
  ['approved', 'Asked for by user:default/guest'],
  ['claimed', 'The CI system is looked at'],
  ['intent_recorded', 'The CI system is as it was planned for'],
  ['calling', 'The CI system is asked'],
  ['unknown', 'Nobody knows whether it happened: the connection broke'],
  ['verifying', 'It did happen'],
  ['succeeded', 'The new attempt passed'],
];

/**
 * Reruns that get on a little with each question. The second run of an incident may not be rerun.
 */
export class DemoRemediations {
  readonly #items: Remediation[] = [];

  list(incidentId: string): Remediations {
    const items = this.#items.filter(one => one.incidentId === incidentId);
    items.forEach(advance);
    const incident = demoIncidents.find(({ id }) => id === incidentId);
    const runs = incident ? demoIncidentDetail(incident).occurrences : [];
    const options = runs.map(
      ({ runId, attempt }, index): RemediationOption => ({
        ...{ action: 'rerun', runId, attempt, allowed: index !== 1 },
        reason:
          index === 1
            ? 'Only owners may do this: group:default/platform'
            : undefined,
      }),
    );
    return { items: items.map(one => ({ ...one })), options };
  }

  request(query: Parameters<CiMedicApi['requestRemediation']>[0]): Remediation {
    const now = new Date().toISOString();
    const remediation: Remediation = {
      ...query,
      id: `remediation-${this.#items.length + 1}`,
      ...{ state: WAY[0][0], reason: WAY[0][1] },
      requestedBy: 'user:default/guest',
      ...{ requestedAt: now, updatedAt: now, events: [] },
      title: 'Rerun failed jobs',
      ...{ stages: ['Run the failed jobs again'], stagesDone: 0 },
    };
    note(remediation);
    this.#items.unshift(remediation);
    return { ...remediation };
  }

  get(id: string): Remediation {
    const found = this.#items.find(one => one.id === id);
    if (!found) {
      throw new NotFoundError('No such remediation');
    }
    return found;
  }

  cancel(id: string): Remediation {
    const found = this.get(id);
    if (!['approved', 'claimed', 'intent_recorded'].includes(found.state)) {
      throw new ConflictError('It cannot be stopped any more');
    }
    found.state = 'cancelled';
    found.reason = 'Stopped by user:default/guest';
    note(found);
    return { ...found };
  }
}

function advance(remediation: Remediation) {
  const index = WAY.findIndex(([state]) => state === remediation.state);
  const next = WAY[index + 1];
  if (index >= 0 && next) {
    [remediation.state, remediation.reason] = next;
    remediation.updatedAt = new Date().toISOString();
    if (remediation.state === 'verifying') {
      remediation.newAttempt = remediation.attempt + 1;
    }
    note(remediation);
  }
}

function note({ id, state, reason, updatedAt, events }: Remediation) {
  events.push({
    ...{ id: `${id}-${events.length}`, at: updatedAt, state, message: reason },
  });
}
