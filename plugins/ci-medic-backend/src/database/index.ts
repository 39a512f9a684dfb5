export * from './columns';
export * from './identifiers';
