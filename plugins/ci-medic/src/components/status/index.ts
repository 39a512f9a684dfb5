export * from './ExecutionLabel';
export * from './IncidentStateLabel';
export * from './OutcomeLabel';
export * from './StatusLabel';
