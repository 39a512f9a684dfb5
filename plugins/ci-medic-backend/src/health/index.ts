export * from './HealthReader';
