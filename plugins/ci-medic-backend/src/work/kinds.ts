import { z } from 'zod';
import { WorkRequest } from './types';

const runAttempt = z.object({
  runId: z.string(),
  attempt: z.number().int().positive(),
});

/**
 * A kind of work and what its payload looks like.
 */
export type WorkKind<T> = {
  kind: string;
  schema: z.ZodType<T>;
  /** Names the work within its kind. */
  key(payload: T): string;
};

function defineKind<T>(options: WorkKind<T>): WorkKind<T> {
  return options;
}

/** Reads a delivery that is in the inbox. */
export const ingestDelivery = defineKind({
  kind: 'ingest.delivery',
  schema: z.object({ inboxId: z.string() }),
  key: ({ inboxId }) => inboxId,
});

/** Collects jobs and steps of an attempt of a run. */
export const ingestRun = defineKind({
  kind: 'ingest.run',
  schema: runAttempt,
  key: ({ runId, attempt }) => `${runId}:${attempt}`,
});

/** Reads the test reports among the artifacts of an attempt. */
export const ingestArtifacts = defineKind({
  kind: 'ingest.artifacts',
  schema: runAttempt,
  key: ({ runId, attempt }) => `${runId}:${attempt}`,
});

/** Looks for runs of a project whose webhook never came. */
export const ingestPoll = defineKind({
  kind: 'ingest.poll',
  schema: z.object({ projectId: z.string() }),
  key: ({ projectId }) => projectId,
});

/** Reads the next pages of a project's history. */
export const ingestBackfill = defineKind({
  kind: 'ingest.backfill',
  schema: z.object({ projectId: z.string() }),
  key: ({ projectId }) => projectId,
});

/** Reads, redacts, explains and stores the log of a job that completed. */
export const logsRead = defineKind({
  kind: 'logs.read',
  schema: z.object({ jobId: z.string() }),
  key: ({ jobId }) => jobId,
});

/** Opens, feeds or resolves incidents by a job that completed. */
export const incidentsObserve = defineKind({
  kind: 'incidents.observe',
  schema: z.object({ jobId: z.string() }),
  key: ({ jobId }) => jobId,
});

/**
 * Makes a request for the queue from a kind and its payload.
 */
export function workFor<T>(
  kind: WorkKind<T>,
  payload: T,
  options?: Pick<WorkRequest, 'lane' | 'priority' | 'delayMs' | 'maxAttempts'>,
): WorkRequest<T> {
  return { kind: kind.kind, key: kind.key(payload), payload, ...options };
}
