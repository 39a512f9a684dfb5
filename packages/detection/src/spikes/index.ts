export { createSpikeState } from './createSpikeState';
export type * from './types';
export * from './updatePool';
export * from './updateSpikes';
