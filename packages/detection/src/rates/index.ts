export { createRateState } from './createRateState';
export type * from './types';
export * from './updateRates';
