/**
 * Metrics of Prometheus as series of CI Medic.
 *
 * @packageDocumentation
 */
export { ciMedicModulePrometheus as default } from './module';
