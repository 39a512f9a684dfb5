export { createCountState } from './createCountState';
export type * from './types';
export * from './updateCounts';
