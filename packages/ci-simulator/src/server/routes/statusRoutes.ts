import { z } from 'zod';
import { minimalRepositoryShape } from '../../shapes/repositoryShape';
import { githubTime } from '../../shapes/time';
import { userShape } from '../../shapes/userShape';
import { findCommit } from '../../world/history';
import { CommitStatus, Repository } from '../../world/model';
import { nodeId } from '../../world/stableId';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { note } from '../note';
import { pageOf } from '../paging';
import { parseBody } from '../parseBody';

const COMMIT = '/repos/{owner}/{repo}/commits/{ref}';
const CLIENT_LOGIN = 'ci-medic[bot]';

const statusSchema = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().min(1).default('default'),
});

/** What clients say about commits. */
export const statusRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: `${COMMIT}/statuses`,
    answer: (request, context) => {
      const { repository, sha } = commitOf(request, context);
      const all = [...statusesOf(repository, sha)].reverse();
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: page.items.map(each => shape(context, repository, each)),
      };
    },
  },
  { method: 'get', template: `${COMMIT}/status`, answer: combined },
  {
    method: 'post',
    template: '/repos/{owner}/{repo}/statuses/{sha}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { sha } = request.parameters;
      const body = parseBody(statusSchema, request.body);
      found(repository.commits.get(sha));
      const statuses = (repository.statuses ??= []);
      const status: CommitStatus = {
        ...{ id: 31_000_000_001 + statuses.length, sha, state: body.state },
        ...{ context: body.context, at: context.timeline.now() },
        description: body.description ?? undefined,
        targetUrl: body.target_url ?? undefined,
      };
      statuses.push(status);
      note(request, context, 'create-status', { sha, ...body });
      return { status: 201, body: shape(context, repository, status) };
    },
  },
];

function combined(request: ApiRequest, context: ServerContext): ApiAnswer {
  const { repository, sha } = commitOf(request, context);
  // The newest of each context counts.
  const newest = new Map(
    statusesOf(repository, sha).map(each => [each.context, each]),
  );
  const all = [...newest.values()];
  const states = all.map(({ state }) => state);
  const isBad = states.some(state => state === 'failure' || state === 'error');
  const isOpen = states.length === 0 || states.includes('pending');
  const url = `${context.links.repository(repository)}/commits/${sha}`;
  return {
    body: {
      state: (isBad && 'failure') || (isOpen && 'pending') || 'success',
      statuses: all.map(each => {
        const { creator, ...rest } = shape(context, repository, each);
        return { ...rest, avatar_url: creator.avatar_url };
      }),
      sha,
      total_count: all.length,
      repository: minimalRepositoryShape(context.links, repository),
      commit_url: url,
      url: `${url}/status`,
    },
  };
}

function commitOf(request: ApiRequest, context: ServerContext) {
  const repository = repositoryOf(request, context);
  const { sha } = found(findCommit(repository, request.parameters.ref));
  return { repository, sha };
}

function statusesOf(repository: Repository, sha: string): CommitStatus[] {
  return (repository.statuses ?? []).filter(each => each.sha === sha);
}

/** GitHub's `status`. */
function shape(
  { links }: ServerContext,
  repository: Repository,
  status: CommitStatus,
) {
  const creator = userShape(links, CLIENT_LOGIN);
  return {
    url: `${links.repository(repository)}/statuses/${status.sha}`,
    id: status.id,
    node_id: nodeId('SC', status.id),
    avatar_url: creator.avatar_url,
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: githubTime(status.at),
    updated_at: githubTime(status.at),
    creator,
  };
}
