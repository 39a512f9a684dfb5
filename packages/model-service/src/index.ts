/**
 * Runs models that say what kind a failure is, behind the Open Inference Protocol.
 *
 * @packageDocumentation
 */

export * from './models/bundledModels';
export * from './models/LoadedModel';
export * from './models/modelDescription';
export * from './models/ModelRepository';
export { ModelServer } from './server/ModelServer';
export type { ModelServerOptions } from './server/ModelServer';
export { QueueFullError } from './serving/BatchQueue';
