export * from './types';
export * from './kinds';
