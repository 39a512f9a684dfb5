/**
 * Remediations of CI Medic as actions of software templates.
 *
 * @packageDocumentation
 */

export { scaffolderModuleCiMedic as default } from './module';
