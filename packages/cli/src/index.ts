/**
 * What operators do on the command line.
 *
 * @packageDocumentation
 */

export * from './runCli';
export * from './writeLabels';
