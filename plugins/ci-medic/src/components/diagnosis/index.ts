export * from './DiagnosisAccuracy';
export * from './IncidentCause';
export * from './IncidentDiagnosis';
