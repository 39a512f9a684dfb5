import { parseEntityRef } from '@backstage/catalog-model';
import { finalRemediationStates } from '@ci-medic/plugin-ci-medic-common';
import { AlertedIncident } from './AlertedIncident';
import { OpenPlan } from './AlertPorts';
import { percent } from './describeDiagnosis';

const MOST_NAMES = 5;

/**
 * What was done about an incident and what happens next, in sentences.
 */
export function describeNext(
  incident: AlertedIncident,
  options: { canRerun: boolean; plan?: OpenPlan },
): string[] {
  const { alsoStruck, feedback, leader } = incident;
  const sentences: string[] = [];
  if (leader) {
    return [
      `The message about the cause went to the owners of ${listOf(
        leader.entityRefs,
      )}.`,
    ];
  }
  if (incident.state === 'open') {
    sentences.push(nextOf(incident, options.canRerun));
    if (options.plan) {
      sentences.push(waitsFor(options.plan));
    }
  } else if (incident.remediation) {
    sentences.push(`Last done: ${doneOf(incident.remediation)}`);
  }
  if (feedback) {
    const said = feedback.verdict.replaceAll('_', ' ');
    sentences.push(`${feedback.actor} says of the diagnosis: ${said}.`);
  }
  if (alsoStruck.length > 0) {
    sentences.push(`The same cause also strikes ${listOf(alsoStruck)}.`);
  }
  return sentences;
}

function nextOf(
  { kind, remediation, diagnosis, latest }: AlertedIncident,
  canRerun: boolean,
): string {
  const isOfLatest =
    remediation?.runId === latest.runId &&
    remediation.attempt >= latest.attempt;
  if (remediation && isOfLatest) {
    return finalRemediationStates.includes(remediation.state)
      ? `Last done: ${doneOf(remediation)}`
      : `Under way: ${doneOf(remediation)}`;
  }
  if (kind === 'anomaly') {
    return 'Next: an owner has to look; nothing is done about figures.';
  }
  if (!diagnosis) {
    return 'Next: the diagnosis follows here.';
  }
  const passes = `when the same commit is run again, it passes with ${percent(
    diagnosis.transient,
  )}`;
  return canRerun
    ? `Next: nothing is done before an owner decides; ${passes}.`
    : `Next: an owner has to look; ${passes}.`;
}

function waitsFor(plan: OpenPlan): string {
  const { title, what, approvals, approvalsNeeded } = plan;
  const of =
    approvalsNeeded > 1
      ? `${approvals} of ${approvalsNeeded} people have agreed`
      : 'somebody has to agree';
  return `Proposed: ${title}, ${of}. ${what}`;
}

function doneOf(remediation: { action: string; reason: string }): string {
  const action = remediation.action.replaceAll('_', ' ');
  return `${action}. ${remediation.reason.replace(/\.?$/, '.')}`;
}

/** Names of entities; the first few of many. */
export function listOf(entityRefs: string[], most = MOST_NAMES): string {
  const names = entityRefs.map(ref => parseEntityRef(ref).name);
  const shown = names.slice(0, most).join(', ');
  return names.length > most
    ? `${shown} and ${names.length - most} more`
    : shown;
}
