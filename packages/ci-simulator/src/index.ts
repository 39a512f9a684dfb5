/**
 * A CI server with GitHub's REST API that plays recorded builds and downloaded
 * archives, sends signed webhooks for them, and fails on request.
 *
 * @packageDocumentation
 */
export { createSimulator } from './createSimulator';
export type { SimulatorOptions } from './createSimulator';
export { Simulator } from './Simulator';
export type { ArchiveReport } from './archives/loadArchives';
export { FaultPlan } from './faults/FaultPlan';
export type {
  AnswerFault,
  DownloadFault,
  PlannedFault,
} from './faults/FaultPlan';
export { faultSchema } from './faults/faultSchema';
export type {
  Fault,
  FaultInput,
  FaultOf,
  MutationFault,
  WebhookFault,
} from './faults/faultSchema';
export { Ledger } from './engine/Ledger';
export type { LedgerEntry } from './engine/Ledger';
export { Outcomes, outcomeSchema } from './engine/Outcomes';
export type { OutcomeInput, RerunOptions } from './engine/Outcomes';
export { Timeline } from './engine/Timeline';
export type { Pace } from './engine/Timeline';
export { Truth } from './organisation/Truth';
export type { JobTruth, Look } from './organisation/Truth';
export { causeKinds } from './organisation/causes';
export type { Cause, CauseKind, Remedy, Symptom } from './organisation/causes';
export { operators, teams, zones } from './organisation/blueprint';
export { afterWork } from './organisation/workingTime';
export { writeCatalog } from './organisation/writeCatalog';
export type { LoadOptions } from './load/createLoad';
export { recordedRepositorySchema } from './recordings/recordingSchema';
export type {
  RecordedRepository,
  RecordedRepositoryInput,
} from './recordings/recordingSchema';
export type { RateLimitOptions } from './server/RateLimit';
export type { RunSummary } from './server/describeRuns';
export type {
  Delivery,
  DeliveryAttempt,
  DeliverRequest,
  WebhookEventName,
} from './webhooks/Delivery';
export { signBody } from './webhooks/signBody';
export type { SignedWebhook, WebhookTarget } from './webhooks/WebhookSender';
export { World } from './world/World';
export type { LocatedArtifact, LocatedJob, LocatedRun } from './world/World';
export * from './world/model';
