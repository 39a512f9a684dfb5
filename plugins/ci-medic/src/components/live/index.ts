export * from './usePages';
export * from './useRefreshable';
export * from './useUpdates';
