/**
 * What kind of failure it is, how sure that is, and why.
 *
 * @packageDocumentation
 */

export * from './diagnose';
export * from './DiagnosisInput';
export type {
  DiagnosisReason,
  DiagnosisResult,
  EvidenceSource,
} from './DiagnosisResult';
export { CONTEXT_FEATURES } from './features/contextFeatures';
export { hashText, TEXT_FEATURES } from './features/hashText';
export * from './features/modelFeatures';
export * from './isPackageOf';
export { stepKind } from './features/stepKind';
export type { StepKind } from './features/stepKind';
export * from './signatures/allSignatures';
export * from './signatures/matchSignatures';
export type { Signature } from './signatures/Signature';
export * from './taxonomy/taxonomy';
export type {
  FailureCategory,
  KnownCategory,
  SubCategory,
  SuitableRemedy,
} from './taxonomy/SubCategory';
export * from './wantedLines';
