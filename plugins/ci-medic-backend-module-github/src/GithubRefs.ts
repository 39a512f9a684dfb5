import { NotFoundError } from '@backstage/errors';
import {
  CiRequest,
  PreparedEffect,
  RefEffects,
} from '@ci-medic/plugin-ci-medic-node';
import { GithubApi } from './GithubApi';
import { GithubCalls } from './GithubCalls';

const REPOSITORY = '/repos/{owner}/{repo}';

/**
 * Branches that CI Medic makes for itself, and commits.
 */
export class GithubRefs implements RefEffects {
  readonly #api: GithubApi;
  readonly #calls: GithubCalls;

  constructor(options: { api: GithubApi; calls: GithubCalls }) {
    this.#api = options.api;
    this.#calls = options.calls;
  }

  async head(
    request: CiRequest & { branch: string },
  ): Promise<string | undefined> {
    return this.#lookUp(request, `heads/${request.branch}`, data => data?.sha);
  }

  async parentOf(
    request: CiRequest & { sha: string },
  ): Promise<string | undefined> {
    return this.#lookUp(request, request.sha, data => data?.parents?.[0]?.sha);
  }

  prepareCreate(
    request: CiRequest & { branch: string; sha: string },
  ): Promise<PreparedEffect> {
    return this.#calls.prepare(request, `POST ${REPOSITORY}/git/refs`, {
      ref: `refs/heads/${request.branch}`,
      sha: request.sha,
    });
  }

  prepareDelete(
    request: CiRequest & { branch: string },
  ): Promise<PreparedEffect> {
    return this.#calls.prepare(request, `DELETE ${REPOSITORY}/git/refs/{ref}`, {
      ref: `heads/${request.branch}`,
    });
  }

  async #lookUp(
    request: CiRequest,
    ref: string,
    read: (data: any) => unknown,
  ): Promise<string | undefined> {
    try {
      const { data } = await this.#api.get(
        request,
        `GET ${REPOSITORY}/commits/{ref}`,
        {
          ref,
          headers: { 'cache-control': 'no-cache' },
        },
      );
      const found = read(data);
      return typeof found === 'string' ? found : undefined;
    } catch (error) {
      if (error instanceof NotFoundError || /answered 422/.test(`${error}`)) {
        return undefined;
      }
      throw error;
    }
  }
}
