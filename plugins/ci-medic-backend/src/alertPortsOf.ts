import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  AlertActionKind,
  ciMedicApprovePermission,
  ciMedicFeedbackPermission,
  ciMedicMutePermission,
  ciMedicRemediatePermission,
  RemediationPlan,
} from '@ci-medic/plugin-ci-medic-common';
import { AlertPorts, FailedRun, OpenPlan } from './alerting';
import { EntityAccess, EntityOwnership, PersonCredentials } from './api';
import { PlanApprovals, PlanReader, RemediationRequests } from './remediation';

const permissions = {
  rerun: ciMedicRemediatePermission,
  approve: ciMedicApprovePermission,
  right: ciMedicFeedbackPermission,
  wrong: ciMedicFeedbackPermission,
  mute: ciMedicMutePermission,
} satisfies Record<AlertActionKind, unknown>;

/** What is seen or not seen by somebody; anything else is a fault. */
const refusing = ['NotFoundError', 'NotAllowedError'];

/**
 * What the buttons of messages do, by the steps that do it. The checks are those of the API's routes.
 */
export function alertPortsOf(options: {
  access: EntityAccess;
  auth: AuthService;
  discovery: DiscoveryService;
  ownership: EntityOwnership;
  approvals: PlanApprovals;
  plans: PlanReader;
  remediationRequests: RemediationRequests;
  feedback?: AlertPorts['feedback'];
}): AlertPorts {
  const { access, approvals, feedback, ownership, plans } = options;
  const { remediationRequests } = options;
  const people = new PersonCredentials(options);
  return {
    feedback,
    credentialsOf: userRef => people.of(userRef),
    rerunRefusal: run =>
      remediationRequests.refusal({ ...run, action: 'rerun' }),
    rerun: run => remediationRequests.request({ ...run, action: 'rerun' }),
    openPlan: run => openPlanOf(plans, run),
    async approve({ planId, hash, person }) {
      const { state } = await approvals.approve({ planId, hash, person });
      const {
        actionTitle,
        approvals: voices,
        approvalsNeeded,
      } = await plans.get(planId);
      return state === 'approved'
        ? `${actionTitle}: approved, and being carried out`
        : `${actionTitle}: ${agreeing(
            voices,
          )} of ${approvalsNeeded} people have agreed`;
    },
    async refusal(person, entityRefs, kind) {
      try {
        const seen = await access.readable(person, entityRefs);
        return await ownership.refusal(person, seen, permissions[kind]);
      } catch (e) {
        const error = toError(e);
        if (!refusing.includes(error.name)) {
          throw error;
        }
        return error.message;
      }
    },
  };
}

/** A rerun has a button of its own. */
async function openPlanOf(
  plans: PlanReader,
  { incidentId, runId, attempt }: FailedRun,
): Promise<OpenPlan | undefined> {
  const all = await plans.list(incidentId, [runId]);
  const plan = all.find(
    each =>
      each.state === 'proposed' &&
      each.attempt === attempt &&
      each.action !== 'rerun',
  );
  return (
    plan && {
      ...{ id: plan.id, hash: plan.hash, title: plan.actionTitle },
      ...{ what: plan.words.what, worstCase: plan.words.worstCase },
      approvalsNeeded: plan.approvalsNeeded,
      approvals: agreeing(plan.approvals),
    }
  );
}

function agreeing(voices: RemediationPlan['approvals']): number {
  return voices.filter(({ verdict }) => verdict === 'approved').length;
}
