import { z } from 'zod';
import { link, list, optionalTime, text } from './payloads';

/** What is read of GitHub's answers about commits and what they changed. */

const LONGEST_PATCH = 200_000;

const count = z.number().int().nonnegative().catch(0);

const changedFile = z.object({
  filename: text(2_000),
  previous_filename: text(2_000).nullish(),
  additions: count,
  deletions: count,
  patch: text(LONGEST_PATCH).nullish(),
});

const commit = z.object({
  sha: z.string().regex(/^[0-9a-f]{7,64}$/i),
  html_url: link,
  commit: z.object({
    message: text(10_000),
    author: z.object({ name: text().nullish(), date: optionalTime }).nullish(),
    committer: z.object({ date: optionalTime }).nullish(),
  }),
  author: z.object({ login: text().nullish() }).nullish(),
});

export const commitFilesPayload = z.object({ files: list(changedFile) });

export const comparisonPayload = z.object({
  html_url: link,
  total_commits: z.number().int().nonnegative(),
  commits: list(commit),
  files: list(changedFile),
});

export const dependencyPayload = z.object({
  change_type: z.enum(['added', 'removed']),
  manifest: text(2_000),
  ecosystem: text(50),
  name: text(),
  version: text(),
});

/** A file; a folder is a list and is refused. */
export const contentPayload = z.object({
  type: z.literal('file'),
  encoding: z.string(),
  content: z.string().catch(''),
});

export type ChangedFilePayload = z.infer<typeof changedFile>;
export type ComparedCommitPayload = z.infer<typeof commit>;
export type DependencyPayload = z.infer<typeof dependencyPayload>;
