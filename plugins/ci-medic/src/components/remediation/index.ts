export * from './controlMessages';
export * from './StopBanner';
