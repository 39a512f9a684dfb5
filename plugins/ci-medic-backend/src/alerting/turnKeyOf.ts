import { AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { AlertedIncident } from './AlertedIncident';
import { OpenPlan } from './AlertPorts';

/** Steps of confidence that are worth changing a message for. */
const STEP = 0.1;

/**
 * Stands for the turning point at which an incident is. Two states of an incident with the same key are told by the same
 * message, so that a failed run in between changes nothing.
 */
export function turnKeyOf(
  incident: AlertedIncident,
  kinds: AlertActionKind[],
  plan?: OpenPlan,
): string {
  const { diagnosis, rootCause, remediation, feedback, leader } = incident;
  return JSON.stringify([
    incident.turn,
    incident.state,
    incident.turningPoint,
    incident.entityRefs,
    incident.alsoStruck,
    leader?.id,
    diagnosis && [
      diagnosis.category,
      diagnosis.subCategory,
      diagnosis.decidedBy,
      Math.round(diagnosis.confidence / STEP),
      diagnosis.missing.length,
    ],
    rootCause && [rootCause.verdict, rootCause.suspects[0]?.id],
    remediation && [remediation.id, remediation.state],
    feedback && [feedback.verdict, feedback.actor],
    kinds,
    plan && [plan.hash, plan.approvals, plan.approvalsNeeded],
  ]);
}
