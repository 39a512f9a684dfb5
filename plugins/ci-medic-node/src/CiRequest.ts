import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';

/**
 * What every call to a CI system carries.
 *
 * @public
 */
export type CiRequest = {
  project: ProjectRef;
  signal?: AbortSignal;
};
