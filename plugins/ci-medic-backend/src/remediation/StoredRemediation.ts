import {
  RemediationAction,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import {
  TreatmentFacts,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';
import { readJson, readNumber, readProject, readText } from '../database';

/** A remediation with what its work needs. Times are epoch milliseconds. */
export type StoredRemediation = {
  id: string;
  incidentId: string;
  projectId: string;
  planId?: string;
  action: RemediationAction;
  runId: string;
  attempt: number;
  state: RemediationState;
  version: number;
  fence: number;
  tries: number;
  parameters: TreatmentFacts;
  planned: TreatmentFacts;
  stages: string[];
  /** How many of them are done. */
  stage: number;
  traces: TreatmentFacts[];
  started: 'person' | 'automatic';
  leaseUntil: number;
  expiresAt: number;
  verificationMs?: number;
  newAttempt?: number;
  /** When it had succeeded at first, and why; what comes of it is watched since. */
  proven?: { at: number; reason: string };
  requestedBy: string;
  updatedAt: number;
  target: TreatmentTarget;
};

/** States in which nothing was done and nothing will be. */
export const undone: RemediationState[] = [
  'superseded',
  'expired',
  'cancelled',
  'denied',
];

/** Whether nothing of it was done, so that it can be begun as if it were new. */
export function canBeginAgain(row: { state: string; stage: number }): boolean {
  return undone.includes(row.state as RemediationState) && row.stage === 0;
}

/** Reads a row that is joined with its project and its run. */
export function readRemediation(row: any): StoredRemediation {
  return {
    id: row.id,
    incidentId: row.incident_id,
    projectId: row.project_id,
    planId: readText(row.plan_id),
    action: row.action,
    runId: row.run_id,
    attempt: row.attempt,
    state: row.state,
    version: row.version,
    fence: row.fence,
    tries: row.tries,
    parameters: readJson<TreatmentFacts>(row.parameters)!,
    planned: readJson<TreatmentFacts>(row.planned)!,
    stages: readJson<string[]>(row.stages)!,
    stage: row.stage,
    traces: readJson<TreatmentFacts[]>(row.traces)!,
    started: row.started,
    leaseUntil: readNumber(row.lease_until) ?? 0,
    expiresAt: readNumber(row.expires_at)!,
    verificationMs: readNumber(row.verification_ms),
    newAttempt: readNumber(row.new_attempt),
    ...(row.proven_at !== null && {
      proven: { at: readNumber(row.proven_at)!, reason: row.proven_reason },
    }),
    requestedBy: row.requested_by,
    updatedAt: readNumber(row.updated_at)!,
    target: {
      project: readProject(row).ref,
      externalId: row.external_id,
      attempt: row.attempt,
      branch: readText(row.branch),
      commitSha: row.commit_sha,
      workflow: readText(row.pipeline_path),
    },
  };
}
