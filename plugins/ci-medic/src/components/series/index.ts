export * from './AnomalySection';
export * from './AnomalySettingsPage';
export * from './IncidentAnomalies';
export * from './SeriesPage';
export * from './TestPage';
export * from './TestsPage';
