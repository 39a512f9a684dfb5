import {
  Conclusion,
  conclusionSchema,
  ExecutionStatus,
} from '@ci-medic/plugin-ci-medic-common';
import {
  ProviderArtifact,
  ProviderJob,
  ProviderRun,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { artifactPayload, JobPayload, RunPayload } from './payloads';

/** Turns GitHub's words for a run into ours. */
export function convertRun(run: RunPayload): ProviderRun {
  const attempt = run.run_attempt ?? 1;
  const commit = run.head_commit;
  const status = statusOf(run.status ?? 'queued');
  return {
    runId: String(run.id),
    attempt,
    number: run.run_number,
    pipeline: {
      id: String(run.workflow_id),
      name: run.name || run.path || String(run.workflow_id),
      // Reusable workflows have the ref behind their path.
      path: run.path?.split('@')[0],
    },
    title: run.display_title ?? undefined,
    event: run.event,
    branch: run.head_branch ?? undefined,
    commit: {
      sha: run.head_sha,
      title: commit?.message?.split('\n', 1)[0],
      author: commit?.author?.name ?? undefined,
      at: commit?.timestamp,
      url: commitUrl(run),
    },
    actor: (run.triggering_actor ?? run.actor)?.login,
    pullRequests: pullRequestsOf(run),
    isFork: isFork(run),
    status,
    conclusion:
      status === 'completed' ? conclusionOf(run.conclusion) : undefined,
    createdAt: run.created_at!,
    startedAt: run.run_started_at,
    updatedAt: run.updated_at,
    url: run.html_url
      ? `${run.html_url}${attempt > 1 ? `/attempts/${attempt}` : ''}`
      : undefined,
  };
}

/** Turns GitHub's words for a job into ours. */
export function convertJob(job: JobPayload): ProviderJob {
  const status = statusOf(job.status);
  return {
    jobId: String(job.id),
    name: job.name,
    status,
    conclusion:
      status === 'completed' ? conclusionOf(job.conclusion) : undefined,
    createdAt: job.created_at,
    startedAt: job.started_at,
    completedAt: job.completed_at,
    runner: {
      name: job.runner_name || undefined,
      group: job.runner_group_name || undefined,
      labels: job.labels ?? [],
    },
    steps: (job.steps ?? [])
      .filter(({ number }) => number > 0)
      .map(step => {
        const stepStatus = statusOf(step.status);
        return {
          number: step.number,
          name: step.name,
          status: stepStatus,
          conclusion:
            stepStatus === 'completed'
              ? conclusionOf(step.conclusion)
              : undefined,
          startedAt: step.started_at,
          completedAt: step.completed_at,
        };
      }),
    url: job.html_url,
  };
}

export function convertArtifact(
  artifact: z.infer<typeof artifactPayload>,
): ProviderArtifact {
  return {
    artifactId: String(artifact.id),
    name: artifact.name,
    size: artifact.size_in_bytes,
    expired: artifact.expired,
    createdAt: artifact.created_at,
  };
}

/** Those of the repository itself: a branch may have one in a fork too. */
function pullRequestsOf(run: RunPayload): number[] {
  const repository = run.repository?.id;
  return (run.pull_requests ?? [])
    .filter(({ base }) => (base?.repo?.id ?? repository) === repository)
    .map(({ number }) => number);
}

/** GitHub has more words for what has not begun: requested, waiting, pending. */
function statusOf(status: string): ExecutionStatus {
  return status === 'completed' || status === 'in_progress' ? status : 'queued';
}

function conclusionOf(conclusion: string | null | undefined): Conclusion {
  const known = conclusionSchema.safeParse(conclusion);
  return known.success ? known.data : 'neutral';
}

function commitUrl(run: RunPayload): string | undefined {
  const repository = run.html_url?.split('/actions/runs/')[0];
  return repository && `${repository}/commit/${run.head_sha}`;
}

/** A fork that was deleted has no repository any more: whoever opened the pull request is not known, so it counts as one. */
function isFork(run: RunPayload): boolean {
  const base = run.repository?.full_name;
  const head = run.head_repository?.full_name;
  return head
    ? Boolean(base && base !== head)
    : run.event.startsWith('pull_request');
}
