import { z } from 'zod';

/**
 * A change that may have caused an incident.
 *
 * @public
 */
export const suspectSchema = z.object({
  id: z.string(),
  kind: z.enum([
    'commit',
    'dependency',
    'workflow',
    'runner',
    'upstream',
    'event',
  ]),
  title: z.string(),
  /** From 0 to 1, over all suspects and the hypotheses that blame nobody. */
  probability: z.number().min(0).max(1),
  /** In words, the strongest first. */
  reasons: z.array(z.string()),
  commitSha: z.string().optional(),
  author: z.string().optional(),
  at: z.iso.datetime().optional(),
  url: z.string().optional(),
  /** For `dependency`. */
  package: z
    .object({
      ecosystem: z.string(),
      name: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
    })
    .optional(),
  /** For `upstream`. */
  entityRef: z.string().optional(),
  /** Whether a rerun or a canary confirmed or cleared it. */
  verdict: z.enum(['confirmed', 'cleared']).optional(),
});

/** @public */
export type Suspect = z.infer<typeof suspectSchema>;

/**
 * The part of the catalog that matters to an incident.
 *
 * @public
 */
export const causeGraphSchema = z.object({
  nodes: z.array(
    z.object({
      entityRef: z.string(),
      role: z.enum(['affected', 'between', 'suspect']),
    }),
  ),
  /** From what needs to what is needed. */
  edges: z.array(
    z.object({ from: z.string(), to: z.string(), relation: z.string() }),
  ),
});

/** @public */
export type CauseGraph = z.infer<typeof causeGraphSchema>;

/**
 * What most likely caused an incident. No suspects is an answer too.
 *
 * @public
 */
export const rootCauseSchema = z.object({
  incidentId: z.string(),
  /** `figure` where nothing failed. */
  subject: z.literal('figure').optional(),
  /**
   * The range between the last pass and the first failure, or of a figure, between the last run that was as before and the
   * first that surely was not; absent when there was none before.
   */
  range: z
    .object({
      lastPass: z.object({ runId: z.string(), sha: z.string() }),
      firstFail: z.object({ runId: z.string(), sha: z.string() }),
      commits: z.number().int().nonnegative(),
      url: z.string().optional(),
    })
    .optional(),
  verdict: z.enum(['suspect', 'nobody', 'infrastructure', 'undecided']),
  /** At most 5. */
  suspects: z.array(suspectSchema),
  /** Probabilities of the hypotheses that blame no suspect. */
  nobody: z.object({
    flaky: z.number(),
    infrastructure: z.number(),
    unlisted: z.number(),
  }),
  /** One sentence for people. */
  sentence: z.string(),
  /** Sources that could not be asked, each with the reason. */
  missing: z.array(z.object({ part: z.string(), reason: z.string() })),
  /** Absent when nothing upstream is suspected. */
  graph: causeGraphSchema.optional(),
  createdAt: z.iso.datetime(),
});

/** @public */
export type RootCause = z.infer<typeof rootCauseSchema>;

/**
 * An incident that has the same cause as another.
 *
 * @public
 */
export const relatedIncidentSchema = z.object({
  incidentId: z.string(),
  title: z.string(),
  state: z.enum(['open', 'resolved']),
  entityRefs: z.array(z.string()),
  /** Why both are taken for one. */
  reason: z.string().optional(),
  /** Whether it stands for all of them. */
  isLeader: z.boolean(),
});

/** @public */
export type RelatedIncident = z.infer<typeof relatedIncidentSchema>;

/**
 * How far the cause of an incident reaches, as far as the reader sees it.
 *
 * @public
 */
export const blastRadiusSchema = z.object({
  /** Empty when the incident stands alone. */
  incidents: z.array(relatedIncidentSchema),
  entities: z.array(
    z.object({ entityRef: z.string(), owners: z.array(z.string()) }),
  ),
  /** Incidents of entities that the reader does not see. */
  hidden: z.number().int().nonnegative(),
});

/** @public */
export type BlastRadius = z.infer<typeof blastRadiusSchema>;

/**
 * What caused an incident and how far that reaches.
 *
 * @public
 */
export const incidentCauseSchema = z.object({
  /** Absent while it is being looked for. */
  rootCause: rootCauseSchema.optional(),
  blastRadius: blastRadiusSchema,
});

/** @public */
export type IncidentCause = z.infer<typeof incidentCauseSchema>;
