/**
 * CI Medic for the new frontend system.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { ciMedicApiRef } from '../api';
export { isCiMedicAvailable } from '../isCiMedicAvailable';
export { ciMedicTranslationRef } from '../translation';
