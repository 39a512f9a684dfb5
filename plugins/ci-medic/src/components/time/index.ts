export * from './AbsoluteTime';
export * from './DurationText';
export * from './formatDuration';
export * from './RelativeTime';
export * from './useLanguage';
export * from './useNow';
