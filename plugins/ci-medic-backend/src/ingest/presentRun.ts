import { Job, Run } from '@ci-medic/plugin-ci-medic-common';
import {
  readBoolean,
  readJson,
  readNumber,
  readProject,
  readText,
  readTime,
} from '../database';

/** Makes a run from its row, joined with the one of its project. */
export function presentRun(row: any): Run {
  return {
    id: row.run_id,
    project: readProject(row).ref,
    externalId: row.external_id,
    number: readNumber(row.number),
    attempt: row.attempt,
    pipeline: {
      id: row.pipeline_id,
      name: row.pipeline_name,
      path: readText(row.pipeline_path),
    },
    title: readText(row.title),
    event: row.event,
    branch: readText(row.branch),
    commit: {
      sha: row.commit_sha,
      title: readText(row.commit_title),
      author: readText(row.commit_author),
      at: readTime(row.commit_at),
      url: readText(row.commit_url),
    },
    actor: readText(row.actor),
    pullRequests: readJson<number[]>(row.pull_requests) ?? [],
    isFork: readBoolean(row.is_fork),
    status: row.status,
    conclusion: row.conclusion ?? undefined,
    createdAt: readTime(row.created_at)!,
    startedAt: readTime(row.started_at),
    completedAt: readTime(row.completed_at),
    durationMs: readNumber(row.duration_ms),
    queueMs: readNumber(row.queue_ms),
    url: readText(row.url),
  };
}

/** Makes a job from its row, joined with what is known of its log. */
export function presentJob(row: any, steps: any[], tests: Job['tests']): Job {
  return {
    id: row.job_id,
    externalId: row.external_id,
    runId: row.run_id,
    attempt: row.attempt,
    name: row.name,
    status: row.status,
    conclusion: row.conclusion ?? undefined,
    createdAt: readTime(row.created_at),
    startedAt: readTime(row.started_at),
    completedAt: readTime(row.completed_at),
    durationMs: readNumber(row.duration_ms),
    queueMs: readNumber(row.queue_ms),
    runner: {
      name: readText(row.runner_name),
      group: readText(row.runner_group),
      labels: readJson<string[]>(row.runner_labels) ?? [],
    },
    steps: steps.map(step => ({
      number: step.number,
      name: step.name,
      status: step.status,
      conclusion: step.conclusion ?? undefined,
      startedAt: readTime(step.started_at),
      completedAt: readTime(step.completed_at),
      durationMs: readNumber(step.duration_ms),
    })),
    url: readText(row.url),
    log: {
      state: row.log_state ?? 'pending',
      reason: readText(row.log_reason),
      lines: readNumber(row.log_lines),
      bytes: readNumber(row.log_bytes),
      redactions: readJson<Record<string, number>>(row.log_redactions),
    },
    tests,
    incidentId: readText(row.incident_id),
  };
}
