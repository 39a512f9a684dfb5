export * from './CiMedicApi';
export * from './CiMedicClient';
