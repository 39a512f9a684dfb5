import { z } from 'zod';
import { failureCategorySchema } from './diagnosis';
import { shareSchema } from './health';

/**
 * What people wrote into a playbook; what is generated never touches it.
 *
 * @public
 */
export const playbookNotesSchema = z.object({
  /** Markdown. */
  text: z.string(),
  version: z.number().int().positive(),
  actor: z.string(),
  at: z.iso.datetime(),
});

/** @public */
export type PlaybookNotes = z.infer<typeof playbookNotesSchema>;

/**
 * What is known of a failure that recurs. All of it comes from records and from reviewed texts of its kind.
 *
 * @public
 */
export const playbookSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: failureCategorySchema,
  subCategory: z.string().optional(),
  /** Reviewed texts of the sub-category: what it is, and what to do in this order. */
  kind: z.string().optional(),
  description: z.string().optional(),
  steps: z.array(z.string()),
  /** Redacted lines of its latest log. */
  evidence: z.array(z.string()),
  /** What was found to have caused it, most often first. */
  causes: z.array(
    z.object({ title: z.string(), count: z.number().int().positive() }),
  ),
  /** Figures that were unusual with it, and in how many incidents, most often first. */
  unusual: z.array(
    z.object({ title: z.string(), count: z.number().int().positive() }),
  ),
  remedies: z.array(
    z.object({
      action: z.string(),
      /** How often it worked, of the times that it was tried to an end. */
      success: shareSchema,
    }),
  ),
  /** What people said had fixed it, newest first. */
  fixes: z.array(z.object({ text: z.string(), at: z.iso.datetime() })),
  struck: z.array(
    z.object({
      entityRef: z.string(),
      owner: z.string().optional(),
      occurrences: z.number().int().nonnegative(),
      lastAt: z.iso.datetime(),
    }),
  ),
  /** Entities that it struck and that the reader does not see. */
  others: z.number().int().nonnegative(),
  /** The latest, newest first. */
  incidents: z.array(
    z.object({
      id: z.string(),
      entityRef: z.string(),
      title: z.string(),
      state: z.enum(['open', 'resolved']),
      at: z.iso.datetime(),
    }),
  ),
  /** Failed jobs and incidents in the days that are looked back on. */
  occurrences: z.number().int().nonnegative(),
  incidentCount: z.number().int().nonnegative(),
  days: z.number().int().positive(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  version: z.number().int().positive(),
  updatedAt: z.iso.datetime(),
  versions: z.array(
    z.object({
      version: z.number().int().positive(),
      at: z.iso.datetime(),
      reason: z.string(),
    }),
  ),
  notes: playbookNotesSchema.optional(),
  /** Documentation entity of the owner with this page; absent where nothing publishes it. */
  docsEntityRef: z.string().optional(),
});

/** @public */
export type Playbook = z.infer<typeof playbookSchema>;

/**
 * How a version of a playbook differs from the one before.
 *
 * @public
 */
export const playbookDifferenceSchema = z.object({
  version: z.number().int().positive(),
  at: z.iso.datetime(),
  reason: z.string(),
  lines: z.array(
    z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }),
  ),
});

/** @public */
export type PlaybookDifference = z.infer<typeof playbookDifferenceSchema>;

/**
 * The playbooks of an owner as pages for TechDocs.
 *
 * @public
 */
export const playbookDocsSchema = z.object({
  /** Reference of the owner. */
  owner: z.string(),
  /** Changes when the content changes. */
  etag: z.string(),
  files: z.array(z.object({ path: z.string(), content: z.string() })),
});

/** @public */
export type PlaybookDocs = z.infer<typeof playbookDocsSchema>;
