import { z } from 'zod';

/**
 * The format of `recordings/<owner>/<name>/`: one folder a repository, with
 *
 * - `repository.json`: what {@link recordedRepositorySchema} says;
 * - `logs/…`: job logs as GitHub serves them, UTF-8 text, each line led by its
 *   time (`2026-01-31T10:20:30.1234567Z text`); `.gz` when compressed;
 * - `artifacts/…`: one folder, or one `.zip`, for each artifact.
 *
 * All times are those of the recording. The server moves everything, the times
 * in the logs too, by one and the same amount, so that the newest run of all
 * repositories ended a few minutes before the server started; distances in
 * time stay as they were recorded.
 */

/** ISO 8601 in UTC, e.g. `2026-01-31T10:20:30Z`, fractions allowed. */
const time = z.iso.datetime();

const positive = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** A path inside the repository's recording folder: relative, without `..`. */
const recordedPath = z
  .string()
  .min(1)
  .refine(
    path => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'),
    'must be a relative path inside the recording',
  );

const sha = z.string().regex(/^[0-9a-f]{40}$/, 'must be a full SHA-1');

/** How a job, a step or an attempt ended, in GitHub's words. */
export const conclusionSchema = z.enum([
  'success',
  'failure',
  'cancelled',
  'skipped',
  'timed_out',
  'neutral',
  'action_required',
]);

/** A pipeline: `path` is that of the workflow file in the repository. */
export const recordedWorkflowSchema = z.strictObject({
  id: positive,
  name: z.string().min(1),
  path: z.string().regex(/^\.github\/workflows\/[^/]+\.ya?ml$/),
});

/** A file that a commit touches; a bare path stands for a modified file. */
export const recordedFileSchema = z.union([
  z
    .string()
    .min(1)
    .transform(path => ({
      path,
      status: 'modified' as const,
      additions: 1,
      deletions: 1,
      previousPath: undefined,
      patch: undefined,
    })),
  z.strictObject({
    path: z.string().min(1),
    status: z
      .enum(['added', 'modified', 'removed', 'renamed'])
      .default('modified'),
    additions: z.number().int().min(0).default(0),
    deletions: z.number().int().min(0).default(0),
    /** For a renamed file. */
    previousPath: z.string().optional(),
    /** The hunks of a unified diff, from the first `@@` on. */
    patch: z.string().optional(),
  }),
]);

/** A commit; `parents` may name commits that are not recorded. */
export const recordedCommitSchema = z.strictObject({
  sha,
  parents: z.array(sha).default([]),
  message: z.string(),
  author: z.strictObject({
    name: z.string().min(1),
    email: z.string().min(1),
    /** The account on the CI server, when the author has one. */
    login: z.string().optional(),
  }),
  at: time,
  files: z.array(recordedFileSchema).default([]),
});

/** The machine that ran a job. */
export const recordedRunnerSchema = z.strictObject({
  name: z.string().min(1),
  group: z.string().default('Default'),
  /** As in `runs-on`, e.g. `['ubuntu-24.04']`. */
  labels: z.array(z.string()).default([]),
});

/** One step of a job; numbers rise, but may have gaps as on GitHub. */
export const recordedStepSchema = z.strictObject({
  number: positive,
  name: z.string().min(1),
  conclusion: conclusionSchema,
  startedAt: time.optional(),
  completedAt: time.optional(),
});

/**
 * A job of one attempt. `createdAt` to `startedAt` is its time in the queue.
 * Skipped jobs have neither runner nor steps nor log.
 */
export const recordedJobSchema = z.strictObject({
  /** Made from the run's id, the attempt and the position where missing. */
  id: positive.optional(),
  name: z.string().min(1),
  conclusion: conclusionSchema,
  createdAt: time,
  startedAt: time,
  completedAt: time,
  runner: recordedRunnerSchema.optional(),
  steps: z.array(recordedStepSchema).default([]),
  /** `logs/<file>.txt` or `logs/<file>.txt.gz`. */
  log: recordedPath.optional(),
});

/** Files that a run left: `files` is a folder or a `.zip` under `artifacts/`. */
export const recordedArtifactSchema = z.strictObject({
  /** Made from the run's id, the attempt and the position where missing. */
  id: positive.optional(),
  name: z.string().min(1),
  files: recordedPath,
  createdAt: time.optional(),
});

/** One execution of a run. An attempt holds all jobs, rerun or carried over. */
export const recordedAttemptSchema = z.strictObject({
  attempt: positive,
  conclusion: conclusionSchema,
  /** The account that started this attempt; the run's actor where missing. */
  triggeredBy: z.string().optional(),
  createdAt: time,
  startedAt: time,
  completedAt: time,
  jobs: z.array(recordedJobSchema),
  artifacts: z.array(recordedArtifactSchema).default([]),
});

/** The pull request a run belongs to. */
export const recordedPullRequestSchema = z.strictObject({
  number: positive,
  title: z.string().optional(),
  head: z.strictObject({ branch: z.string(), sha }),
  base: z.strictObject({ branch: z.string(), sha }),
});

/** A run with all its attempts, the first one first. */
export const recordedRunSchema = z.strictObject({
  /** Unique over all recordings of a server, as on GitHub. */
  id: positive,
  number: positive,
  workflowId: positive,
  /** `push`, `pull_request`, `schedule`, `workflow_dispatch` … */
  event: z.string().min(1),
  branch: z.string().min(1),
  /** The commit that was built; should be one of `commits`. */
  sha,
  actor: z.string().min(1),
  /** The first line of the commit's message where missing. */
  title: z.string().optional(),
  pullRequests: z.array(recordedPullRequestSchema).default([]),
  attempts: z
    .array(recordedAttemptSchema)
    .min(1)
    .refine(
      attempts => attempts.every((each, index) => each.attempt === index + 1),
      'attempts must be numbered 1, 2, 3 … in order',
    ),
});

/**
 * Everything in `repository.json`.
 *
 * @public
 */
export const recordedRepositorySchema = z
  .strictObject({
    /** Counts up when an older server could not read the format any more. */
    formatVersion: z.literal(1).default(1),
    owner: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/),
    name: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
    description: z.string().optional(),
    defaultBranch: z.string().min(1),
    /** When the recording was made; for people, the server does not need it. */
    recordedAt: time,
    workflows: z.array(recordedWorkflowSchema).min(1),
    /** In any order; parents tell the history. */
    commits: z.array(recordedCommitSchema),
    runs: z.array(recordedRunSchema),
  })
  .superRefine((repository, context) => {
    const workflows = new Set(repository.workflows.map(({ id }) => id));
    const runs = new Set<number>();
    repository.runs.forEach((run, index) => {
      const wrong = (message: string) =>
        context.addIssue({ code: 'custom', message, path: ['runs', index] });
      if (!workflows.has(run.workflowId)) {
        wrong(`run ${run.id} names the unknown workflow ${run.workflowId}`);
      }
      if (runs.has(run.id)) {
        wrong(`run ${run.id} is there twice`);
      }
      runs.add(run.id);
    });
  });

/**
 * A recorded repository as its file holds it: optional parts may be absent.
 *
 * @public
 */
export type RecordedRepositoryInput = z.input<typeof recordedRepositorySchema>;

/**
 * A recorded repository after validation, with defaults filled in.
 *
 * @public
 */
export type RecordedRepository = z.output<typeof recordedRepositorySchema>;

/** {@inheritDoc conclusionSchema} */
export type Conclusion = z.output<typeof conclusionSchema>;

/** {@inheritDoc recordedRunSchema} */
export type RecordedRun = z.output<typeof recordedRunSchema>;

/** {@inheritDoc recordedCommitSchema} */
export type RecordedCommit = z.output<typeof recordedCommitSchema>;
