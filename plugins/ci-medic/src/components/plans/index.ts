export * from './GateList';
export * from './IncidentPlans';
export * from './planMessages';
export * from './RemedyTemplates';
