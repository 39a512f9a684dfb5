export * from './CiHealthContent';
