import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModuleCiMedicPlaybooks } from './module';
import { playbookUrlReader } from './playbookUrlReader';

/**
 * What makes documentation of playbooks: entities for the catalog, and the way for TechDocs to read their pages.
 *
 * @public
 */
export const catalogPlaybooks = createBackendFeatureLoader({
  *loader() {
    yield catalogModuleCiMedicPlaybooks;
    yield playbookUrlReader;
  },
});
