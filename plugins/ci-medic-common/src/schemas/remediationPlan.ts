import { z } from 'zod';
import { failureCategorySchema } from './diagnosis';
import { remediationActionSchema } from './remediation';

/**
 * How far CI Medic goes by itself. `off`: not even a decision. `shadow`: it is decided and written down, nothing is done.
 * `suggest`: a person has to want it. `automatic`: it is done without one.
 *
 * @public
 */
export const remediationModeSchema = z.enum([
  'off',
  'shadow',
  'suggest',
  'automatic',
]);

/** @public */
export type RemediationMode = z.infer<typeof remediationModeSchema>;

/**
 * The gates in the order in which they are passed.
 *
 * @public
 */
export const remediationGateNameSchema = z.enum([
  'kill_switch',
  'guardrails',
  'policy',
  'mode',
  'people',
]);

/** @public */
export type RemediationGateName = z.infer<typeof remediationGateNameSchema>;

/**
 * What a gate said. `waits`: not yet, somebody has to agree first. `not_reached`: an earlier one said no.
 *
 * @public
 */
export const remediationGateSchema = z.object({
  gate: remediationGateNameSchema,
  result: z.enum(['passed', 'refused', 'waits', 'not_reached']),
  /** For people; empty for a gate that was not reached. */
  reasons: z.array(z.string()),
});

/** @public */
export type RemediationGate = z.infer<typeof remediationGateSchema>;

/**
 * A plan in plain words.
 *
 * @public
 */
export const planWordsSchema = z.object({
  what: z.string(),
  why: z.string(),
  target: z.string(),
  worstCase: z.string(),
  cost: z.string(),
  undo: z.string(),
  /** How it is found out whether it helped. */
  verification: z.string(),
  /** What comes next when it does not help. */
  otherwise: z.string().optional(),
});

/** @public */
export type PlanWords = z.infer<typeof planWordsSchema>;

/**
 * Where a plan is. `advised`: steps for a person, there is nothing to agree to. `approved`: a remediation carries it out.
 *
 * @public
 */
export const planStateSchema = z.enum([
  'proposed',
  'advised',
  'shadowed',
  'denied',
  'approved',
  'rejected',
  'expired',
  'superseded',
]);

/** @public */
export type PlanState = z.infer<typeof planStateSchema>;

/**
 * What a person said of a plan.
 *
 * @public
 */
export const planApprovalSchema = z.object({
  approver: z.string(),
  verdict: z.enum(['approved', 'rejected']),
  at: z.iso.datetime(),
});

/** @public */
export type PlanApproval = z.infer<typeof planApprovalSchema>;

/**
 * What could be done about an incident, before anything happens.
 *
 * @public
 */
export const remediationPlanSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  runId: z.string(),
  attempt: z.number().int().positive(),
  action: remediationActionSchema,
  actionTitle: z.string(),
  /** The strategy that it comes from; absent when a person asked for it. */
  strategy: z.string().optional(),
  state: planStateSchema,
  reason: z.string(),
  mode: remediationModeSchema,
  category: failureCategorySchema,
  environment: z.string().optional(),
  words: planWordsSchema,
  /** What is done one after the other; for `advise`, what a person should do. */
  stages: z.array(z.string()),
  gates: z.array(remediationGateSchema),
  /** Names all that would be done; an approval is for this and nothing else. */
  hash: z.string(),
  author: z.string(),
  approvalsNeeded: z.number().int().nonnegative(),
  approvals: z.array(planApprovalSchema),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** What carries it out. */
  remediationId: z.string().optional(),
});

/** @public */
export type RemediationPlan = z.infer<typeof remediationPlanSchema>;

/**
 * A plan and what the reader may do about it.
 *
 * @public
 */
export const offeredPlanSchema = remediationPlanSchema.extend({
  /** Why the reader may not agree to it; absent when they may. */
  refusal: z.string().optional(),
});

/** @public */
export type OfferedPlan = z.infer<typeof offeredPlanSchema>;
