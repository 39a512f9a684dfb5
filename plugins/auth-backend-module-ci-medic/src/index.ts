/**
 * Vouches for people who act on CI Medic from chat.
 *
 * @packageDocumentation
 */

export { authModuleCiMedic as default } from './module';
