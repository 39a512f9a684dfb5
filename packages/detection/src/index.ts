/**
 * Numbers of builds in, findings out.
 *
 * @packageDocumentation
 */

export * from './canary';
export * from './counts';
export * from './culprit';
export * from './DetectionInputError';
export * from './flaky';
export * from './grouping';
export * from './rates';
export * from './series';
export * from './shifts';
export * from './spikes';
