import {
  FailureCategory,
  PlanState,
  PlanWords,
  RemediationGate,
  RemediationMode,
} from '@ci-medic/plugin-ci-medic-common';
import { TreatmentFacts } from '@ci-medic/plugin-ci-medic-node';
import { readJson, readNumber, readText } from '../../database';

/** A plan as it is stored. Times are epoch milliseconds. */
export type StoredPlan = {
  id: string;
  incidentId: string;
  projectId: string;
  runId: string;
  attempt: number;
  action: string;
  strategy?: string;
  state: PlanState;
  version: number;
  reason: string;
  mode: RemediationMode;
  category: FailureCategory;
  environment?: string;
  parameters: TreatmentFacts;
  planned: TreatmentFacts;
  stages: string[];
  words: PlanWords;
  gates: RemediationGate[];
  hash: string;
  minutes?: number;
  verificationMs?: number;
  approvalsNeeded: number;
  author: string;
  /** The id of what carries it out, also before it does. */
  remediationId: string;
  createdAt: number;
  expiresAt: number;
};

/** Reads a row of `remediation_plans`. */
export function readPlan(row: any): StoredPlan {
  return {
    id: row.id,
    incidentId: row.incident_id,
    projectId: row.project_id,
    runId: row.run_id,
    attempt: row.attempt,
    action: row.action,
    strategy: readText(row.strategy),
    state: row.state,
    version: row.version,
    reason: row.reason,
    mode: row.mode,
    category: row.category,
    environment: readText(row.environment),
    parameters: readJson<TreatmentFacts>(row.parameters)!,
    planned: readJson<TreatmentFacts>(row.planned)!,
    stages: readJson<string[]>(row.stages)!,
    words: readJson<PlanWords>(row.words)!,
    gates: readJson<RemediationGate[]>(row.gates)!,
    hash: row.hash,
    minutes: readNumber(row.minutes),
    verificationMs: readNumber(row.verification_ms),
    approvalsNeeded: row.approvals_needed,
    author: row.author,
    remediationId: row.remediation_id,
    createdAt: readNumber(row.created_at)!,
    expiresAt: readNumber(row.expires_at)!,
  };
}

/** The columns of a plan. */
export function writePlan(plan: StoredPlan): object {
  return {
    id: plan.id,
    incident_id: plan.incidentId,
    project_id: plan.projectId,
    run_id: plan.runId,
    attempt: plan.attempt,
    action: plan.action,
    strategy: plan.strategy ?? null,
    state: plan.state,
    version: plan.version,
    reason: plan.reason,
    mode: plan.mode,
    category: plan.category,
    environment: plan.environment ?? null,
    parameters: JSON.stringify(plan.parameters),
    planned: JSON.stringify(plan.planned),
    stages: JSON.stringify(plan.stages),
    words: JSON.stringify(plan.words),
    gates: JSON.stringify(plan.gates),
    hash: plan.hash,
    minutes: plan.minutes ?? null,
    verification_ms: plan.verificationMs ?? null,
    approvals_needed: plan.approvalsNeeded,
    author: plan.author,
    remediation_id: plan.remediationId,
    created_at: plan.createdAt,
    expires_at: plan.expiresAt,
  };
}
