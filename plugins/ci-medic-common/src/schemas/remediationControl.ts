import { z } from 'zod';
import { failureCategorySchema } from './diagnosis';
import { pageSchema } from './page';
import { remediationActionSchema } from './remediation';
import {
  remediationGateSchema,
  remediationModeSchema,
} from './remediationPlan';

/**
 * What a kill switch stops: everything, what concerns an entity, or an action.
 *
 * @public
 */
export const stopScopeSchema = z.enum(['all', 'entity', 'action']);

/** @public */
export type StopScope = z.infer<typeof stopScopeSchema>;

/**
 * A kill switch that is on.
 *
 * @public
 */
export const remediationStopSchema = z.object({
  id: z.string(),
  scope: stopScopeSchema,
  /** Reference of the entity, or name of the action. */
  subject: z.string().optional(),
  reason: z.string(),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});

/** @public */
export type RemediationStop = z.infer<typeof remediationStopSchema>;

/** @public */
export const remediationStopsSchema = z.object({
  items: z.array(remediationStopSchema),
  /** Whether the reader may change them. */
  mayControl: z.boolean(),
});

/** @public */
export type RemediationStops = z.infer<typeof remediationStopsSchema>;

/** @public */
export const stopInputSchema = z.object({
  scope: stopScopeSchema,
  subject: z.string().min(1).max(255).optional(),
  reason: z.string().min(1).max(500),
});

/** @public */
export type StopInput = z.infer<typeof stopInputSchema>;

/**
 * The mode of a category, an action and a tier; what is absent means any.
 *
 * @public
 */
export const modeRuleSchema = z.object({
  category: failureCategorySchema.optional(),
  action: remediationActionSchema.optional(),
  tier: z.string().min(1).max(63).optional(),
  mode: remediationModeSchema,
});

/** @public */
export type ModeRule = z.infer<typeof modeRuleSchema>;

/** @public */
export const storedModeRuleSchema = modeRuleSchema.extend({
  /** Where it comes from: the configuration, or somebody on the page. */
  source: z.enum(['configuration', 'operator']),
  setBy: z.string().optional(),
  setAt: z.iso.datetime().optional(),
});

/** @public */
export type StoredModeRule = z.infer<typeof storedModeRuleSchema>;

/**
 * How much may still be done in a time.
 *
 * @public
 */
export const remediationBudgetSchema = z.object({
  /** `all`, or a repository. */
  scope: z.string(),
  title: z.string(),
  limit: z.number().int().nonnegative(),
  used: z.number().int().nonnegative(),
  /** When the oldest use no longer counts; absent when nothing was used. */
  nextFreeAt: z.iso.datetime().optional(),
});

/** @public */
export type RemediationBudget = z.infer<typeof remediationBudgetSchema>;

/**
 * How often an action helped.
 *
 * @public
 */
export const actionOutcomeSchema = z.object({
  action: remediationActionSchema,
  category: failureCategorySchema,
  started: z.enum(['automatic', 'person']),
  /** Those that succeeded or failed. */
  n: z.number().int().nonnegative(),
  succeeded: z.number().int().nonnegative(),
  /** Wilson's 95 % interval of the share that succeeded. */
  low: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
});

/** @public */
export type ActionOutcome = z.infer<typeof actionOutcomeSchema>;

/**
 * What operators see of the remediations.
 *
 * @public
 */
export const remediationOverviewSchema = z.object({
  modes: z.array(storedModeRuleSchema),
  defaultMode: remediationModeSchema,
  budgets: z.array(remediationBudgetSchema),
  /** Actions that there are. */
  actions: z.array(
    z.object({ action: remediationActionSchema, title: z.string() }),
  ),
  strategies: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      action: remediationActionSchema,
      source: z.enum(['shipped', 'own']),
    }),
  ),
  policy: z.object({
    /** Absent when there is no policy that can be asked: then nothing is allowed. */
    revision: z.string().optional(),
    problem: z.string().optional(),
  }),
  outcomes: z.array(actionOutcomeSchema),
  outcomesSince: z.iso.datetime(),
  mayControl: z.boolean(),
});

/** @public */
export type RemediationOverview = z.infer<typeof remediationOverviewSchema>;

/**
 * A decision; rows are only ever added.
 *
 * @public
 */
export const remediationDecisionSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** When it was asked: while planning, at an approval, just before it is done, or when a switch or a mode is changed. */
  moment: z.enum(['plan', 'approve', 'act', 'control']),
  result: z.enum(['allowed', 'waits', 'shadowed', 'refused', 'changed']),
  action: remediationActionSchema.optional(),
  incidentId: z.string().optional(),
  planId: z.string().optional(),
  entityRefs: z.array(z.string()),
  actor: z.string(),
  mode: remediationModeSchema.optional(),
  gates: z.array(remediationGateSchema),
  reasons: z.array(z.string()),
  policyRevision: z.string().optional(),
  /** What the policy was asked, without secrets. */
  input: z.record(z.string(), z.unknown()),
});

/** @public */
export type RemediationDecision = z.infer<typeof remediationDecisionSchema>;

/** @public */
export const remediationDecisionsSchema = pageSchema(remediationDecisionSchema);
