import { Attempt, Job, Repository, Run } from '../world/model';
import { nodeId, stableId } from '../world/stableId';
import { Links } from './Links';
import { githubTime } from './time';

/** A job with its steps: GitHub's `job`, also in `workflow_job` events. */
export function jobShape(options: {
  links: Links;
  repository: Repository;
  run: Run;
  attempt: Attempt;
  job: Job;
}) {
  const { links, repository, run, attempt, job } = options;
  const { runner } = job;
  const api = links.repository(repository);
  const time = (at: number | undefined) =>
    at === undefined ? null : githubTime(at);
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.branch,
    run_url: links.run(repository, run),
    run_attempt: attempt.attempt,
    node_id: nodeId('CR', job.id),
    head_sha: run.sha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${links.runPage(repository, run)}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion ?? null,
    created_at: githubTime(job.createdAt),
    started_at: githubTime(job.startedAt),
    completed_at: time(job.completedAt),
    name: job.name,
    steps: job.steps.map(step => ({
      name: step.name,
      status: 'completed',
      conclusion: step.conclusion,
      number: step.number,
      started_at: time(step.startedAt),
      completed_at: time(step.completedAt),
    })),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: runner?.labels ?? job.labels ?? [],
    runner_id: runner?.name ? stableId(['runner', runner.name], 6) : null,
    runner_name: runner?.name || null,
    runner_group_id: runner?.group
      ? stableId(['group', runner.group], 3)
      : null,
    runner_group_name: runner?.group || null,
  };
}
