export * from './AlertRulesPage';
export * from './IncidentAlerts';
