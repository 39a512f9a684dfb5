import { z } from 'zod';
import { isRepositorySlug } from './isRepositorySlug';

/** What is read of GitHub's answers and deliveries. Everything else is dropped. */

const LONG = 2_000;
const MOST_ITEMS = 1_000;

const id = z.number().int().nonnegative();
const attempt = z.number().int().positive().max(100_000).nullish();

/** Text up to a length. NUL and broken characters, which databases refuse, are replaced. */
export function text(length = 255) {
  return z
    .string()
    .transform(value =>
      Buffer.from(value.slice(0, length)).toString().replaceAll('\0', '\uFFFD'),
    );
}

/** A list of which the beginning is kept. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .transform(items => items.slice(0, MOST_ITEMS))
    .pipe(z.array(item))
    .nullish();
}

/** A point in time in any zone; what says nothing, such as the year 1, is absent. */
export const optionalTime = z
  .string()
  .nullish()
  .transform(value => {
    const time = Date.parse(value ?? '');
    return time > 0 ? new Date(time).toISOString() : undefined;
  });

const time = optionalTime.refine(value => value !== undefined, {
  message: 'is not a point in time',
});

/** A web address that is safe to show as a link; anything else is absent. */
export const link = z
  .string()
  .nullish()
  .transform(value =>
    value &&
    value.length <= LONG &&
    /^https?:\/\//.test(value) &&
    URL.canParse(value)
      ? value
      : undefined,
  );

const repository = z.object({
  id: id.optional(),
  full_name: z
    .string()
    .max(255)
    .refine(isRepositorySlug, { message: 'is not owner/name' }),
  html_url: link,
});

const user = z.object({ login: text() }).nullish();

const pullRequest = z.object({
  number: z.number().int().positive(),
  base: z.object({ repo: z.object({ id: id.optional() }).nullish() }).nullish(),
});

/** A run, in `GET …/actions/runs` and in `workflow_run`. */
export const runPayload = z.object({
  id,
  name: text().nullish(),
  path: text(LONG).nullish(),
  display_title: text(LONG).nullish(),
  workflow_id: id,
  run_number: z.number().int().optional(),
  run_attempt: attempt,
  event: text(100),
  head_branch: text(LONG).nullish(),
  head_sha: z.string().regex(/^[0-9a-f]{7,64}$/i),
  head_commit: z
    .object({
      message: text(LONG).nullish(),
      timestamp: optionalTime,
      author: z.object({ name: text().nullish() }).nullish(),
    })
    .nullish(),
  actor: user,
  triggering_actor: user,
  pull_requests: list(pullRequest),
  repository: repository.nullish(),
  head_repository: z.object({ full_name: text() }).nullish(),
  status: text(100).nullish(),
  conclusion: text(100).nullish(),
  created_at: time,
  run_started_at: optionalTime,
  updated_at: optionalTime,
  html_url: link,
});

/** A job, in `GET …/jobs` and in `workflow_job`. */
export const jobPayload = z.object({
  id,
  run_id: id,
  run_attempt: attempt,
  name: text(LONG),
  status: text(100),
  conclusion: text(100).nullish(),
  created_at: optionalTime,
  started_at: optionalTime,
  completed_at: optionalTime,
  runner_name: text().nullish(),
  runner_group_name: text().nullish(),
  labels: list(text()),
  html_url: link,
  steps: list(
    z.object({
      number: z.number().int().nonnegative(),
      name: text(LONG),
      status: text(100),
      conclusion: text(100).nullish(),
      started_at: optionalTime,
      completed_at: optionalTime,
    }),
  ),
});

export const artifactPayload = z.object({
  id,
  name: text(LONG),
  size_in_bytes: z.number().nonnegative(),
  expired: z.boolean(),
  created_at: optionalTime,
});

/** A file that a commit or a pull request changed. */
export const filePayload = z.object({
  filename: text(LONG),
  previous_filename: text(LONG).nullish(),
});

export const workflowRunDelivery = z.object({
  action: z.string(),
  repository,
  workflow_run: runPayload,
  workflow: z
    .object({ name: text().nullish(), path: text(LONG).nullish() })
    .nullish(),
});

export const workflowJobDelivery = z.object({
  action: z.string(),
  repository,
  workflow_job: jobPayload,
});

export type RunPayload = z.infer<typeof runPayload>;
export type JobPayload = z.infer<typeof jobPayload>;
export type RepositoryPayload = z.infer<typeof repository>;
