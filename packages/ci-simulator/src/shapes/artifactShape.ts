import { LocatedArtifact } from '../world/World';
import { nodeId } from '../world/stableId';
import { Links } from './Links';
import { githubTime } from './time';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** GitHub's `artifact`. */
export function artifactShape(links: Links, located: LocatedArtifact) {
  const { repository, run, artifact } = located;
  const { id, name, size, createdAt } = artifact;
  const url = `${links.repository(repository)}/actions/artifacts/${id}`;
  return {
    id,
    node_id: nodeId('MDg6QXJ0aWZhY3Q', id),
    name,
    size_in_bytes: size,
    url,
    archive_download_url: `${url}/zip`,
    expired: false,
    created_at: githubTime(createdAt),
    updated_at: githubTime(createdAt),
    expires_at: githubTime(createdAt + KEPT_MS),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: run.branch,
      head_sha: run.sha,
    },
  };
}
