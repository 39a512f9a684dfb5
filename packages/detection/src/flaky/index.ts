export { createTestState } from './createTestState';
export * from './isMassFailure';
export * from './judgeHistory';
export * from './judgeTest';
export type * from './types';
export * from './updateTest';
export * from './valueRerun';
