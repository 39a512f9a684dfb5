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
export const logsRead = defineKind<{ jobId: string; again?: boolean }>({
  kind: 'logs.read',
  schema: z.object({
    jobId: z.string(),
    /** Read already, but there is something to compare it with only now. */
    again: z.boolean().optional(),
  }),
  key: ({ jobId }) => jobId,
});

/** Opens, feeds or resolves incidents by a job that completed. */
export const incidentsObserve = defineKind({
  kind: 'incidents.observe',
  schema: z.object({ jobId: z.string() }),
  key: ({ jobId }) => jobId,
});

/** Says what kind of failure an incident is. */
export const diagnosisRun = defineKind({
  kind: 'diagnosis.run',
  schema: z.object({ incidentId: z.string() }),
  key: ({ incidentId }) => incidentId,
});

/** Ranks what may have caused an incident. */
export const rootcauseRun = defineKind({
  kind: 'rootcause.run',
  schema: z.object({ incidentId: z.string() }),
  key: ({ incidentId }) => incidentId,
});

/** Plans what could be done about an incident that was diagnosed. */
export const remediationPlan = defineKind({
  kind: 'remediation.plan',
  schema: z.object({ incidentId: z.string() }),
  key: ({ incidentId }) => incidentId,
});

/** Looks whether what an incident is about recurs often enough for a playbook. */
export const playbooksConsider = defineKind({
  kind: 'playbooks.consider',
  schema: z.object({ incidentId: z.string() }),
  key: ({ incidentId }) => incidentId,
});

/** Sums up what happened in a repository on a day; `day` counts from 1970, UTC. */
export const insightsDay = defineKind({
  kind: 'insights.day',
  schema: z.object({ projectId: z.string(), day: z.number().int() }),
  key: ({ projectId, day }) => `${projectId}:${day}`,
});

/** Finds the times in which main branches and deployments of a repository were red. */
export const insightsPeriods = defineKind({
  kind: 'insights.periods',
  schema: z.object({ projectId: z.string() }),
  key: ({ projectId }) => projectId,
});

/** Carries a remediation on. */
export const remediationAdvance = defineKind({
  kind: 'remediation.advance',
  schema: z.object({ remediationId: z.string() }),
  key: ({ remediationId }) => remediationId,
});

/** Wakes the remediations of a run of which an attempt ended. */
export const remediationCheck = defineKind({
  kind: 'remediation.check',
  schema: z.object({ runId: z.string() }),
  key: ({ runId }) => runId,
});

/** Decides who is told what of an incident that changed. */
export const alertsPlan = defineKind({
  kind: 'alerts.plan',
  schema: z.object({ incidentId: z.string() }),
  key: ({ incidentId }) => incidentId,
});

/** Sends a message or changes the one that was sent. */
export const alertsSend = defineKind({
  kind: 'alerts.send',
  schema: z.object({ alertId: z.string() }),
  key: ({ alertId }) => alertId,
});

/** Measures a run of which more is known than before. */
export const seriesTake = defineKind({
  kind: 'series.take',
  schema: z.object({ runId: z.string() }),
  key: ({ runId }) => runId,
});

/** Measures the next of all runs of a project anew. */
export const seriesBuild = defineKind({
  kind: 'series.build',
  schema: z.object({ projectId: z.string() }),
  key: ({ projectId }) => projectId,
});

const pipeline = z.object({ projectId: z.string(), pipelineId: z.string() });

/** Looks for what is unusual in the series of a pipeline that changed. */
export const anomaliesJudge = defineKind({
  kind: 'anomalies.judge',
  schema: pipeline,
  key: ({ projectId, pipelineId }) => `${projectId}:${pipelineId}`,
});

/** Puts anomalies of a project together and decides who hears of them. */
export const anomaliesGroup = defineKind({
  kind: 'anomalies.group',
  schema: z.object({ projectId: z.string() }),
  key: ({ projectId }) => projectId,
});

/** Judges how reliable the tests of a pipeline are. */
export const testsJudge = defineKind({
  kind: 'tests.judge',
  schema: pipeline,
  key: ({ projectId, pipelineId }) => `${projectId}:${pipelineId}`,
});

/** Acts on a button that was pressed in a channel. */
export const alertsClick = defineKind({
  kind: 'alerts.click',
  schema: z.object({ clickId: z.string() }),
  key: ({ clickId }) => clickId,
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

/**
 * What trends have to take in after something about a run changed. It waits a while, because news of a day come in
 * crowds.
 */
export function insightsWork(run: {
  projectId: string;
  /** Epoch milliseconds. */
  createdAt: number;
}): WorkRequest[] {
  const { projectId, createdAt } = run;
  const options = { lane: projectId, priority: 0, delayMs: 30_000 };
  const day = Math.floor(createdAt / 86_400_000);
  return [
    workFor(insightsDay, { projectId, day }, options),
    workFor(insightsPeriods, { projectId }, options),
  ];
}
