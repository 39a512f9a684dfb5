import { Attempt, Repository, Run } from '../world/model';
import { nodeId, stableId } from '../world/stableId';
import { simpleCommitShape } from './commitShape';
import { Links } from './Links';
import { minimalRepositoryShape } from './repositoryShape';
import { githubTime } from './time';
import { userShape } from './userShape';

/** A run as one of its attempts shows it: GitHub's `workflow-run`. */
export function runShape(options: {
  links: Links;
  repository: Repository;
  run: Run;
  attempt: Attempt;
  excludePullRequests?: boolean;
}) {
  const { links, repository, run, attempt } = options;
  const url = links.run(repository, run);
  const api = links.repository(repository);
  const suite = stableId(['check suite', run.id]);
  const commit = repository.commits.get(run.sha);
  const nested = minimalRepositoryShape(links, repository);
  const number = attempt.attempt;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: attempt.status,
    conclusion: attempt.conclusion ?? null,
    workflow_id: run.workflow.id,
    check_suite_id: suite,
    check_suite_node_id: nodeId('CS', suite),
    url,
    html_url: links.runPage(repository, run),
    pull_requests: options.excludePullRequests
      ? []
      : run.pullRequests.map(pull => pullShape(links, repository, pull)),
    created_at: githubTime(run.attempts[0].createdAt),
    updated_at: githubTime(attempt.completedAt ?? attempt.startedAt),
    actor: userShape(links, run.actor),
    run_attempt: number,
    referenced_workflows: [],
    run_started_at: githubTime(attempt.startedAt),
    triggering_actor: userShape(links, attempt.triggeredBy),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: number > 1 ? `${url}/attempts/${number - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: commit ? simpleCommitShape(commit) : null,
    repository: nested,
    head_repository: run.forkOwner
      ? {
          ...minimalRepositoryShape(links, {
            ...repository,
            owner: run.forkOwner,
            id: stableId(['fork', run.forkOwner, repository.id], 9),
          }),
          fork: true,
        }
      : nested,
  };
}

/** GitHub's `pull-request-minimal`. */
function pullShape(
  links: Links,
  repository: Repository,
  pull: Run['pullRequests'][number],
) {
  const url = links.repository(repository);
  const repo = { id: repository.id, url, name: repository.name };
  return {
    url: `${url}/pulls/${pull.number}`,
    id: stableId(['pull request', repository.id, pull.number], 10),
    number: pull.number,
    head: { ref: pull.head.branch, sha: pull.head.sha, repo },
    base: { ref: pull.base.branch, sha: pull.base.sha, repo },
  };
}
