/**
 * Slack as an alert channel of CI Medic.
 *
 * @packageDocumentation
 */

export { ciMedicModuleSlack as default } from './module';
