import { Cache } from '../../world/model';
import { githubTime } from '../../shapes/time';
import { ApiProblem } from '../ApiProblem';
import {
  ApiRequest,
  ApiRoute,
  idOf,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { note } from '../note';
import { pageOf } from '../paging';

const CACHES = '/repos/{owner}/{repo}/actions/caches';

/** What runs keep for later ones. */
export const cacheRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: CACHES,
    answer: (request, context) => {
      const { key, ref } = request.query;
      const all = (repositoryOf(request, context).caches ?? [])
        .filter(
          each =>
            (!key || each.key.startsWith(key)) && (!ref || each.ref === ref),
        )
        .sort((one, other) => other.usedAt - one.usedAt);
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: {
          total_count: all.length,
          actions_caches: page.items.map(cacheShape),
        },
      };
    },
  },
  {
    method: 'delete',
    template: CACHES,
    answer: (request, context) => {
      const { key, ref } = request.query;
      const removed = remove(
        request,
        context,
        each => each.key === key && (!ref || each.ref === ref),
      );
      return {
        body: {
          total_count: removed.length,
          actions_caches: removed.map(cacheShape),
        },
      };
    },
  },
  {
    method: 'delete',
    template: `${CACHES}/{cache_id}`,
    answer: (request, context) => {
      const id = idOf(request, 'cache_id');
      remove(request, context, each => each.id === id);
      return { status: 204 };
    },
  },
];

function remove(
  request: ApiRequest,
  context: ServerContext,
  isWanted: (cache: Cache) => boolean,
): Cache[] {
  const repository = repositoryOf(request, context);
  const { caches = [] } = repository;
  const removed = caches.filter(isWanted);
  if (removed.length === 0) {
    throw new ApiProblem(404, 'Not Found');
  }
  repository.caches = caches.filter(each => !removed.includes(each));
  const keys = removed.map(({ key, ref, id }) => ({ key, ref, id }));
  note(request, context, 'delete-cache', { caches: keys });
  return removed;
}

function cacheShape(cache: Cache) {
  return {
    id: cache.id,
    ref: cache.ref,
    key: cache.key,
    version: cache.version,
    last_accessed_at: githubTime(cache.usedAt),
    created_at: githubTime(cache.createdAt),
    size_in_bytes: cache.size,
  };
}
