import {
  FailureCategory,
  failureCategorySchema,
  RootCause,
} from '@ci-medic/plugin-ci-medic-common';
import { TreatmentCase, TreatmentTarget } from '@ci-medic/plugin-ci-medic-node';

/** What is stored of a run that may be treated. Times are epoch milliseconds. */
export type RunFacts = {
  attempt: number;
  latestAttempt: number;
  event: string;
  isFork: boolean;
  status: string;
  conclusion?: string;
  createdAt: number;
  pipelineName: string;
};

/** What is known of the kind of a failure. */
export type CaseDiagnosis = {
  category: FailureCategory;
  subCategory?: string;
  confidence: number;
  transient: number;
};

/**
 * A failed run of an incident with all that matters to its treatment.
 */
export type RemediationCase = {
  incidentId: string;
  isOpen: boolean;
  /** The incident that leads those of the same cause. */
  causeId: string;
  projectId: string;
  runId: string;
  attempt: number;
  run: RunFacts;
  target: TreatmentTarget;
  entityRefs: string[];
  diagnosis: CaseDiagnosis;
  verdict?: RootCause['verdict'];
  failure: TreatmentCase;
};

/** What these do wrong, they do again. */
export const lasting: FailureCategory[] = [
  'code',
  'configuration',
  'dependency',
];

/** As long as nobody said what kind of failure it is. */
export const undiagnosed: CaseDiagnosis = {
  category: 'unknown',
  confidence: 0,
  transient: 0,
};

/** A category that is stored; what is none is not known. */
export function readCategory(value: unknown): FailureCategory {
  return failureCategorySchema.catch('unknown').parse(value);
}
