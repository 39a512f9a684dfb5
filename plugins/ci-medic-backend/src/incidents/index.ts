export * from './IncidentReader';
export * from './IncidentStore';
export * from './ObserveHandler';
export * from './StaleIncidents';
