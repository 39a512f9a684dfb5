export * from './InsightDayHandler';
export * from './InsightsConfig';
export * from './InsightsReader';
export * from './RedPeriodsHandler';
