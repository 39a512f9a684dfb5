export * from './CiMedicDatabase';
export * from './DatabaseClock';
export * from './columns';
export * from './identifiers';
export * from './insertInBatches';
export * from './isTransientDatabaseError';
