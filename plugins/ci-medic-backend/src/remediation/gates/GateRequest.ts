import {
  RemediationGate,
  RemediationMode,
} from '@ci-medic/plugin-ci-medic-common';
import { Treatment } from '@ci-medic/plugin-ci-medic-node';
import { RemediationCase } from '../RemediationCase';

/** What a person said of a plan. */
export type Voice = {
  approver: string;
  verdict: 'approved' | 'rejected';
  /** What they agreed to. */
  hash: string;
  /** Whether the catalog had them at the time. */
  inCatalog: boolean;
};

/** What is decided on. */
export type GateRequest = {
  moment: 'plan' | 'approve' | 'act';
  subject: RemediationCase;
  treatment: Treatment;
  strategy?: string;
  environment?: string;
  minutes?: number;
  remediationId: string;
  planId?: string;
  hash: string;
  author: string;
  actor: string;
  voices: Voice[];
};

/** What was decided, and why. */
export type GateDecision = {
  result: 'allowed' | 'waits' | 'shadowed' | 'refused';
  mode: RemediationMode;
  approvalsNeeded: number;
  gates: RemediationGate[];
  /** Of the gate that decided. */
  reasons: string[];
  /** No state of the run changes it. */
  isNever: boolean;
};
