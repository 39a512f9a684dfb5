import { z } from 'zod';

/**
 * Where a remediation is on its way.
 *
 * @remarks
 *
 * `approved`: allowed, and waiting for a worker. `claimed`: a worker looks at the world. `intent_recorded`: what will be
 * done is written down, nothing is done yet. `calling`: the CI system is asked. `unknown`: nobody knows whether the CI
 * system did it, which is never a failure. `verifying`: it was done, its outcome is awaited. `superseded`: the world is
 * another than when it was planned, and it was not gone on with. `denied`: a gate said no before anything was done.
 * `needs_human`: it cannot be found out without a person.
 *
 * @public
 */
export const remediationStateSchema = z.enum([
  'approved',
  'claimed',
  'intent_recorded',
  'calling',
  'unknown',
  'verifying',
  'succeeded',
  'failed',
  'superseded',
  'expired',
  'cancelled',
  'denied',
  'needs_human',
]);

/** @public */
export type RemediationState = z.infer<typeof remediationStateSchema>;

/**
 * What can be done about an incident: the name of a treatment. Those of CI Medic itself are `rerun`, `fresh-runner`,
 * `return-runner`, `rebuild`, `rollback`, `canary` and `advise`; modules add others.
 *
 * @public
 */
export const remediationActionSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/);

/** @public */
export type RemediationAction = z.infer<typeof remediationActionSchema>;

/**
 * A step on the way of a remediation; rows are only ever added.
 *
 * @public
 */
export const remediationEventSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  state: remediationStateSchema,
  message: z.string(),
  actor: z.string().optional(),
});

/** @public */
export type RemediationEvent = z.infer<typeof remediationEventSchema>;

/**
 * Something that is done about an incident, at most once for a run, an attempt and an action.
 *
 * @public
 */
export const remediationSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  action: remediationActionSchema,
  /** The action in words. */
  title: z.string(),
  runId: z.string(),
  /** The attempt that failed. */
  attempt: z.number().int().positive(),
  state: remediationStateSchema,
  /** Why it is in this state, in one sentence. */
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The attempt that it brought about. */
  newAttempt: z.number().int().positive().optional(),
  /** The plan that it carries out. */
  planId: z.string().optional(),
  /** What is done one after the other, in words. */
  stages: z.array(z.string()),
  /** How many of them are done. */
  stagesDone: z.number().int().nonnegative(),
  /** What takes it back, when there is something. */
  undo: z
    .object({ action: remediationActionSchema, title: z.string() })
    .optional(),
  /** Task of the scaffolder that shows it; only what is automatic has one. */
  taskId: z.string().optional(),
  /** Oldest first. */
  events: z.array(remediationEventSchema),
});

/** @public */
export type Remediation = z.infer<typeof remediationSchema>;

/**
 * Whether a run of an incident can be treated by the reader, and if not, why.
 *
 * @public
 */
export const remediationOptionSchema = z.object({
  action: remediationActionSchema,
  runId: z.string(),
  attempt: z.number().int().positive(),
  allowed: z.boolean(),
  reason: z.string().optional(),
});

/** @public */
export type RemediationOption = z.infer<typeof remediationOptionSchema>;

/**
 * What was done about an incident, and what the reader may do.
 *
 * @public
 */
export const remediationsSchema = z.object({
  items: z.array(remediationSchema),
  options: z.array(remediationOptionSchema),
});

/** @public */
export type Remediations = z.infer<typeof remediationsSchema>;

/**
 * States that nothing follows.
 *
 * @public
 */
export const finalRemediationStates: RemediationState[] = [
  'succeeded',
  'failed',
  'superseded',
  'expired',
  'cancelled',
  'denied',
  'needs_human',
];
