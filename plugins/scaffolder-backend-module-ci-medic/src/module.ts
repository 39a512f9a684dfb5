import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { createFollowAction } from './actions/createFollowAction';
import { createRemediateAction } from './actions/createRemediateAction';
import { remedies } from './remedies';

/**
 * Actions `ci-medic:remediate:*` for software templates.
 *
 * @public
 */
export const scaffolderModuleCiMedic = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ci-medic',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, discovery, scaffolder }) {
        const api = new CiMedicClient({
          fetchApi: { fetch },
          discoveryApi: discovery,
        });
        scaffolder.addActions(
          ...remedies.map(remedy =>
            createRemediateAction({ ...remedy, api, auth }),
          ),
          createFollowAction({ api, auth }),
        );
      },
    });
  },
});
