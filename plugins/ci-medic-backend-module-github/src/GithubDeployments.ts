import {
  CiDeployment,
  CiRequest,
  DeploymentEffects,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { GithubApi } from './GithubApi';

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';
/** Going further back than this is no way back. */
const MOST = 20;

const deploymentPayload = z.object({
  id: z.number(),
  sha: z.string(),
  environment: z.string(),
  description: z.string().nullish(),
  payload: z.unknown(),
  created_at: z.string(),
});
const statusPayload = z.object({ state: z.string() });
const artifactPayload = z.object({
  image: z.string().optional(),
  version: z.string().optional(),
});

const states: Record<string, CiDeployment['state']> = {
  success: 'success',
  inactive: 'inactive',
  failure: 'failure',
  error: 'failure',
};

/**
 * Deployments as GitHub keeps them. What was deployed is `image` or `version` in their payload.
 */
export class GithubDeployments implements DeploymentEffects {
  readonly #api: GithubApi;

  constructor(options: { api: GithubApi }) {
    this.#api = options.api;
  }

  async list(
    request: CiRequest & { environment: string },
  ): Promise<CiDeployment[]> {
    const { data } = await this.#api.get(request, `GET ${DEPLOYMENTS}`, {
      ...{ environment: request.environment, per_page: MOST },
      headers: { 'cache-control': 'no-cache' },
    });
    const deployments = z.array(deploymentPayload).parse(data);
    return Promise.all(
      deployments.map(
        async ({ id, sha, environment, payload, created_at }) => ({
          ...{ deploymentId: String(id), sha, environment },
          artifact: artifactOf(payload),
          state: await this.#stateOf(request, id),
          createdAt: created_at,
        }),
      ),
    );
  }

  /** What is superseded was good once, if any of its words says so. */
  async #stateOf(
    request: CiRequest,
    deploymentId: number,
  ): Promise<CiDeployment['state']> {
    const { data } = await this.#api.get(
      request,
      `GET ${DEPLOYMENTS}/{deployment_id}/statuses`,
      {
        ...{ deployment_id: deploymentId, per_page: 100 },
        headers: { 'cache-control': 'no-cache' },
      },
    );
    const statuses = z.array(statusPayload).parse(data);
    const latest = states[statuses[0]?.state] ?? 'in_progress';
    const wasGood = statuses.some(({ state }) => state === 'success');
    return latest === 'inactive' && !wasGood ? 'failure' : latest;
  }
}

/** The payload is an object, or the text of one. */
function artifactOf(payload: unknown): string | undefined {
  let value = payload;
  if (typeof payload === 'string') {
    try {
      value = JSON.parse(payload);
    } catch {
      return undefined;
    }
  }
  const artifact = artifactPayload.safeParse(value);
  return artifact.success
    ? artifact.data.image ?? artifact.data.version
    : undefined;
}
