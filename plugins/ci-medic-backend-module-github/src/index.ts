/**
 * GitHub Actions for CI Medic.
 *
 * @packageDocumentation
 */

export { ciMedicModuleGithub as default } from './module';
