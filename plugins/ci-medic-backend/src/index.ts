/**
 * The backend plugin of CI Medic.
 *
 * @packageDocumentation
 */

export { ciMedicPlugin as default } from './plugin';
export { exportLabels } from './feedback/exportLabels';
export type { Label } from './feedback/exportLabels';
