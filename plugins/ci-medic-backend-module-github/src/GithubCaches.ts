import {
  CacheEffects,
  CiCache,
  CiRequest,
  PreparedEffect,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { GithubApi } from './GithubApi';
import { GithubCalls } from './GithubCalls';

const CACHES = '/repos/{owner}/{repo}/actions/caches';

const cachePayload = z.object({
  id: z.number(),
  key: z.string(),
  ref: z.string(),
  size_in_bytes: z.number(),
});

/**
 * The caches of Actions.
 */
export class GithubCaches implements CacheEffects {
  readonly #api: GithubApi;
  readonly #calls: GithubCalls;

  constructor(options: { api: GithubApi; calls: GithubCalls }) {
    this.#api = options.api;
    this.#calls = options.calls;
  }

  async list(
    request: CiRequest & { branch: string; key: string },
  ): Promise<CiCache[]> {
    const { branch, key } = request;
    const caches = await this.#api.all(request, `GET ${CACHES}`, {
      parameters: {
        ref: `refs/heads/${branch}`,
        ...(key && { key }),
        headers: { 'cache-control': 'no-cache' },
      },
      itemsOf: data => data?.actions_caches,
      mostPages: 5,
    });
    return caches
      .map(cache => cachePayload.parse(cache))
      .filter(cache => cache.key.startsWith(key))
      .map(({ id, size_in_bytes: bytes, ...cache }) => ({
        ...{ cacheId: String(id), bytes, key: cache.key, ref: cache.ref },
      }));
  }

  prepareDelete(
    request: CiRequest & { cacheId: string },
  ): Promise<PreparedEffect> {
    return this.#calls.prepare(request, `DELETE ${CACHES}/{cache_id}`, {
      cache_id: Number(request.cacheId),
    });
  }
}
