/**
 * The playbooks of CI Medic as documentation entities of the catalog.
 *
 * @packageDocumentation
 */

export { catalogPlaybooks as default } from './catalogPlaybooks';
