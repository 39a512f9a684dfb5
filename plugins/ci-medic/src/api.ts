import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { createApiRef } from '@backstage/frontend-plugin-api';

/**
 * The HTTP API of CI Medic, for screens of either frontend system.
 *
 * @public
 */
export const ciMedicApiRef = createApiRef<CiMedicApi>().with({
  id: 'plugin.ci-medic.client',
  pluginId: 'ci-medic',
});
