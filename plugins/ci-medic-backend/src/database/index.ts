export * from './CiMedicDatabase';
export * from './DatabaseClock';
export * from './columns';
export * from './countFlips';
export * from './identifiers';
export * from './insertInBatches';
export * from './isTransientDatabaseError';
export * from './Projects';
