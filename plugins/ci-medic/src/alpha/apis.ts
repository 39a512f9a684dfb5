import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicApiRef } from '../api';

export const ciMedicClientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: ciMedicApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new CiMedicClient({ discoveryApi, fetchApi }),
    }),
});
