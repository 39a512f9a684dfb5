export * from './readStrategies';
export * from './Strategies';
export * from './strategySchema';
