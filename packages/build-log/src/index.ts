/**
 * A CI log in, structured events out: clean lines, redacted secrets, and the lines that explain the failure.
 *
 * @packageDocumentation
 */

export * from './createLogAnalyzer';
export * from './explain/ExplanationModel';
export * from './redaction/redactText';
export * from './rules/checkUserRules';
export * from './rules/parseUserRules';
export * from './rules/UserRules';
export type { SecretRule } from './rules/SecretRules';
export * from './sketch/mergeSketches';
export * from './templates/maskTemplate';
export * from './types';
