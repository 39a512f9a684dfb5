export * from './judgeCanary';
export * from './types';
