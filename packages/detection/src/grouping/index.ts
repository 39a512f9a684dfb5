export * from './groupFindings';
export type * from './types';
