import { LocatedJob } from '../world/World';
import { nodeId, stableId } from '../world/stableId';
import { Links } from './Links';
import { githubTime } from './time';
import { userShape } from './userShape';

/** A job as the checks of its commit show it: GitHub's `check-run`. */
export function checkRunShape(links: Links, located: LocatedJob) {
  const { repository, run, job } = located;
  const api = links.repository(repository);
  const url = `${api}/check-runs/${job.id}`;
  const page = `${links.runPage(repository, run)}/job/${job.id}`;
  return {
    id: job.id,
    name: job.name,
    node_id: nodeId('CR', job.id),
    head_sha: run.sha,
    external_id: String(job.id),
    url,
    html_url: page,
    details_url: page,
    status: job.status,
    conclusion: job.conclusion ?? null,
    started_at: githubTime(job.startedAt),
    completed_at:
      job.completedAt === undefined ? null : githubTime(job.completedAt),
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: stableId(['check suite', run.id]) },
    app: appShape(links),
    pull_requests: [],
  };
}

/** The App that runs workflows: GitHub's `integration`. */
function appShape(links: Links) {
  return {
    id: 15368,
    slug: 'github-actions',
    node_id: nodeId('A', 15368),
    owner: userShape(links, 'github', 'Organization'),
    name: 'GitHub Actions',
    description: 'Automate your workflow from idea to production',
    external_url: links.web('/features/actions'),
    html_url: links.web('/apps/github-actions'),
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2025-03-07T16:35:00Z',
    permissions: { actions: 'write', checks: 'write', contents: 'read' },
    events: ['check_run', 'workflow_run'],
  };
}
