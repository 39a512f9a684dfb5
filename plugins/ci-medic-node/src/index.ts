/**
 * Doors for CI Medic modules: extension points and what modules implement.
 *
 * @packageDocumentation
 */

export * from './CiProvider';
export * from './CiWebhook';
export * from './RateLimitedError';
export * from './extensionPoints';
export * from './types';
