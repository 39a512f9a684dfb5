/**
 * Doors for CI Medic modules: extension points and what modules implement.
 *
 * @packageDocumentation
 */

export * from './AlertChannel';
export * from './AlertClick';
export * from './AlertMessage';
export * from './CiChanges';
export * from './CiEffects';
export * from './CiParts';
export * from './CiRequest';
export * from './CiProvider';
export * from './CiWebhook';
export * from './MovedTime';
export * from './PreparedEffect';
export * from './RateLimitedError';
export * from './SeriesSource';
export * from './SuspectSource';
export * from './Treatment';
export * from './extensionPoints';
export * from './types';
