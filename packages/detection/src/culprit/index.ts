export * from './rankSuspects';
export * from './types';
