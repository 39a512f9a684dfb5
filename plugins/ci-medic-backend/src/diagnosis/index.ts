export * from './DiagnosisBacklog';
export * from './DiagnosisConfig';
export * from './DiagnosisHandler';
export * from './DiagnosisReader';
export * from './DiagnosisStore';
export * from './FailureFacts';
export * from './ModelClient';
