import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  AlertActionKind,
  ciMedicFeedbackPermission,
  ciMedicMutePermission,
  ciMedicRemediatePermission,
} from '@ci-medic/plugin-ci-medic-common';
import { AlertPorts } from './alerting';
import { EntityAccess, EntityOwnership, PersonCredentials } from './api';
import { RemediationRequests } from './remediation';

const permissions = {
  rerun: ciMedicRemediatePermission,
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
  remediationRequests: RemediationRequests;
  feedback?: AlertPorts['feedback'];
}): AlertPorts {
  const { access, feedback, ownership, remediationRequests } = options;
  const people = new PersonCredentials(options);
  return {
    feedback,
    credentialsOf: userRef => people.of(userRef),
    rerunRefusal: run =>
      remediationRequests.refusal({ ...run, action: 'rerun' }),
    rerun: run => remediationRequests.request({ ...run, action: 'rerun' }),
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
