/**
 * Words that every CI Medic package shares: types, schemas, permissions and the API client.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './schemas';
export * from './metricDefinitions';
export * from './permissions';
export * from './playbookDocsOf';
export * from './runnerClassOf';
export * from './client';
export * from './wilsonInterval';
