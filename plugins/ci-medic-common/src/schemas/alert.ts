import { z } from 'zod';
import { feedbackInputSchema } from './feedback';

/**
 * Buttons of a message: run the failed jobs again, agree to the plan, the diagnosis is right, it is wrong, be quiet for
 * 24 hours.
 *
 * @public
 */
export const alertActionKindSchema = z.enum([
  'rerun',
  'approve',
  'right',
  'wrong',
  'mute',
]);

/** @public */
export type AlertActionKind = z.infer<typeof alertActionKindSchema>;

/**
 * A button of a message. Its id is random, good once, and expires; it says nothing of what it does.
 *
 * @public
 */
export const alertActionSchema = z.object({
  id: z.string(),
  kind: alertActionKindSchema,
  /** What `approve` agrees to. */
  plan: z
    .object({
      /** Such as `Roll back`. */
      title: z.string(),
      what: z.string(),
      worstCase: z.string(),
      /** How many people have to agree, and how many have. */
      approvalsNeeded: z.number().int().nonnegative(),
      approvals: z.number().int().nonnegative(),
    })
    .optional(),
});

/** @public */
export type AlertAction = z.infer<typeof alertActionSchema>;

/**
 * What a person fills in for `wrong`.
 *
 * @public
 */
export const alertActionInputSchema = feedbackInputSchema
  .omit({
    verdict: true,
  })
  .extend({
    /** It is no incident at all. */
    notAnIncident: z.boolean().optional(),
  });

/** @public */
export type AlertActionInput = z.infer<typeof alertActionInputSchema>;

/**
 * What became of a button that was pressed.
 *
 * @public
 */
export const alertActionResultSchema = z.object({
  outcome: z.enum(['done', 'refused']),
  /** In one sentence. */
  message: z.string(),
});

/** @public */
export type AlertActionResult = z.infer<typeof alertActionResultSchema>;

/**
 * What a message looks like in its channel: the blocks of Slack's Block Kit.
 *
 * @public
 */
export const alertPreviewSchema = z.object({
  format: z.literal('slack'),
  blocks: z.array(z.record(z.string(), z.unknown())),
});

/** @public */
export type AlertPreview = z.infer<typeof alertPreviewSchema>;

/**
 * A message that told somebody of an incident. There is one for each incident, channel and destination; it is changed in
 * place at the turning points of the incident.
 *
 * @public
 */
export const alertSchema = z.object({
  id: z.string(),
  /** Id of the channel, such as `notifications`. */
  channel: z.string(),
  channelTitle: z.string(),
  /** Where in the channel, such as `group:default/payments` or `#payments-ci`. */
  destination: z.string(),
  /** Why it goes there, in one sentence. */
  because: z.string(),
  entityRefs: z.array(z.string()),
  /** `preview`: its channel is not connected, so that it can only be looked at. */
  state: z.enum(['waiting', 'sent', 'failed', 'preview']),
  /** Why it waits, failed or cannot be sent, as far as known. */
  reason: z.string().optional(),
  createdAt: z.iso.datetime(),
  /** When it was sent or changed last. */
  sentAt: z.iso.datetime().optional(),
  /** The turning point that it tells of. */
  turningPoint: z.enum([
    'opened',
    'diagnosed',
    'acted',
    'reopened',
    'resolved',
    'closed_stale',
  ]),
  /** What it says now. */
  title: z.string(),
  body: z.string(),
  /** What it looks like, where its channel has a look of its own. */
  preview: alertPreviewSchema.optional(),
  /** Buttons that are good now. */
  actions: z.array(alertActionSchema),
  /** Nothing new is told in its place until then. */
  mutedUntil: z.iso.datetime().optional(),
  mutedBy: z.string().optional(),
  /** What was added below it, oldest first. */
  notes: z.array(
    z.object({
      at: z.iso.datetime(),
      text: z.string(),
      state: z.enum(['waiting', 'sent', 'muted']),
    }),
  ),
  /** Who pressed which button, and what became of it, newest first. */
  presses: z.array(
    z.object({
      at: z.iso.datetime(),
      kind: alertActionKindSchema,
      /** As the catalog knows them; absent when it does not. */
      actor: z.string().optional(),
      via: z.string(),
      outcome: z.enum(['done', 'refused']),
      message: z.string(),
    }),
  ),
});

/** @public */
export type Alert = z.infer<typeof alertSchema>;

/**
 * Who is told of incidents of an entity, and why; without a destination nobody is.
 *
 * @public
 */
export const alertRouteSchema = z.object({
  channel: z.string(),
  channelTitle: z.string(),
  destination: z.string().optional(),
  because: z.string(),
  /** Why the channel cannot send anything yet. */
  notConnected: z.string().optional(),
});

/** @public */
export type AlertRoute = z.infer<typeof alertRouteSchema>;

/**
 * What an entity's owners hear of.
 *
 * @public
 */
export const alertRoutesSchema = z.object({
  /** `main`: only what happens on main branches. */
  scope: z.enum(['all', 'main', 'none']),
  /** Where the scope comes from, in one sentence. */
  because: z.string(),
  /** Names of branches that count as main. */
  mainBranches: z.array(z.string()),
  routes: z.array(alertRouteSchema),
});

/** @public */
export type AlertRoutes = z.infer<typeof alertRoutesSchema>;
