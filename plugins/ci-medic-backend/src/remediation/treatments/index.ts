export * from './createTreatments';
export * from './RerunTreatment';
export * from './words';
