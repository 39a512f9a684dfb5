export * from './ExplanationReader';
export * from './LogReadHandler';
export * from './LogReader';
export * from './LogRetention';
export * from './LogSketches';
export * from './readLogRules';
