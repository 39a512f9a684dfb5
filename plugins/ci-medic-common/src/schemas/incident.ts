import { z } from 'zod';
import { explanationSchema } from './log';
import { projectRefSchema } from './run';

/** @public */
export const incidentStateSchema = z.enum(['open', 'resolved']);

/** @public */
export type IncidentState = z.infer<typeof incidentStateSchema>;

/**
 * One cause of failures, recognized by its fingerprint within a repository.
 *
 * @public
 */
export const incidentSchema = z.object({
  id: z.string(),
  /** `figure` where nothing failed and something is unusual all the same. */
  subject: z.literal('figure').optional(),
  state: incidentStateSchema,
  /** Counts the state changes; a change is refused when it is out of date. */
  version: z.number().int().positive(),
  title: z.string(),
  fingerprint: z.string(),
  project: projectRefSchema,
  entityRefs: z.array(z.string()),
  /** Pipelines, jobs and branches that it struck. */
  pipelines: z.array(z.string()),
  jobs: z.array(z.string()),
  branches: z.array(z.string()),
  occurrences: z.number().int().positive(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().optional(),
  reopened: z.number().int().nonnegative(),
});

/** @public */
export type Incident = z.infer<typeof incidentSchema>;

/**
 * A failed job that belongs to an incident.
 *
 * @public
 */
export const occurrenceSchema = z.object({
  runId: z.string(),
  attempt: z.number().int().positive(),
  jobId: z.string(),
  jobName: z.string(),
  pipeline: z.string(),
  branch: z.string().optional(),
  commitSha: z.string(),
  runNumber: z.number().int().optional(),
  at: z.iso.datetime(),
  url: z.string().optional(),
});

/** @public */
export type Occurrence = z.infer<typeof occurrenceSchema>;

/**
 * Something that happened to an incident.
 *
 * @public
 */
export const timelineEventSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.enum([
    'opened',
    'occurred',
    'resolved',
    'reopened',
    'closed_stale',
    'acted',
  ]),
  message: z.string(),
  actor: z.string().optional(),
  runId: z.string().optional(),
  attempt: z.number().int().optional(),
  jobId: z.string().optional(),
});

/** @public */
export type TimelineEvent = z.infer<typeof timelineEventSchema>;

/** @public */
export const incidentDetailSchema = z.object({
  incident: incidentSchema,
  timeline: z.array(timelineEventSchema),
  occurrences: z.array(occurrenceSchema),
  /** The explanation of its latest occurrence whose log could be read. */
  evidence: explanationSchema.optional(),
});

/** @public */
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;
