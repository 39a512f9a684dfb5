export * from './isReadingHistory';
export * from './types';
export * from './kinds';
export * from './WorkQueue';
export * from './WorkRunner';
export * from './DeadLetters';
