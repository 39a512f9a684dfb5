export * from './causeOf';
export * from './EmptyState';
export * from './ErrorState';
export * from './LoadingState';
export * from './StaleNotice';
