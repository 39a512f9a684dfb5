import { Deployment, Repository } from '../world/model';
import { nodeId } from '../world/stableId';
import { Links } from './Links';
import { githubTime } from './time';
import { userShape } from './userShape';

/** GitHub's `deployment`. */
export function deploymentShape(
  links: Links,
  repository: Repository,
  deployment: Deployment,
) {
  const { id, sha, ref, environment, image, createdAt, statuses } = deployment;
  const url = `${links.repository(repository)}/deployments/${id}`;
  return {
    url,
    id,
    node_id: nodeId('DE', id),
    sha,
    ref,
    task: 'deploy',
    payload: { image },
    original_environment: environment,
    environment,
    description: image,
    creator: userShape(links, deployment.creator),
    created_at: githubTime(createdAt),
    updated_at: githubTime(statuses.at(-1)?.at ?? createdAt),
    statuses_url: `${url}/statuses`,
    repository_url: links.repository(repository),
    transient_environment: false,
    production_environment: environment === 'production',
  };
}

/** GitHub's `deployment-status`. */
export function deploymentStatusShape(
  links: Links,
  repository: Repository,
  deployment: Deployment,
  status: Deployment['statuses'][number],
) {
  const { environment, run } = deployment;
  const url = `${links.repository(repository)}/deployments/${deployment.id}`;
  const web = links.repositoryPage(repository);
  const page = `${web}/${
    run ? `actions/runs/${run}` : `deployments/${environment}`
  }`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DES', status.id),
    state: status.state,
    creator: userShape(links, deployment.creator),
    description: status.description,
    environment,
    target_url: page,
    created_at: githubTime(status.at),
    updated_at: githubTime(status.at),
    deployment_url: url,
    repository_url: links.repository(repository),
    environment_url: links.web(`/${repository.name}/${environment}`),
    log_url: page,
  };
}
