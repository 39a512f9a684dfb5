/**
 * CI health and incidents of a service, in its Backstage page.
 *
 * @packageDocumentation
 */
export { ciMedicApiRef } from './api';
export { isCiMedicAvailable } from './isCiMedicAvailable';
export {
  CiInsightsPage,
  ciMedicPlugin,
  EntityCiHealthContent,
  EntityCiInsightsCard,
  EntityIncidentsContent,
  EntityPlaybooksContent,
} from './plugin';
export { ciMedicTranslationRef } from './translation';
