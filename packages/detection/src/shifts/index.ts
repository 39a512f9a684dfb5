export { createShiftState } from './createShiftState';
export * from './findShifts';
export type * from './types';
export * from './updateShifts';
