import { Repository, Workflow } from '../world/model';
import { nodeId } from '../world/stableId';
import { Links } from './Links';
import { firstRunAt } from './spans';
import { githubTime } from './time';

/** GitHub's `workflow`. */
export function workflowShape(
  links: Links,
  repository: Repository,
  workflow: Workflow,
) {
  const { id, name, path } = workflow;
  const page = links.repositoryPage(repository);
  const createdAt = githubTime(firstRunAt(repository, workflow));
  return {
    id,
    node_id: nodeId('W', id),
    name,
    path,
    state: 'active',
    created_at: createdAt,
    updated_at: createdAt,
    url: `${links.repository(repository)}/actions/workflows/${id}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}
