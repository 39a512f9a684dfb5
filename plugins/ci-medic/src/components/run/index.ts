export * from './RunLog';
export * from './RunPage';
