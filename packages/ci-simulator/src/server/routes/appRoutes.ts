import { createHash } from 'crypto';
import { fullRepositoryShape } from '../../shapes/repositoryShape';
import { githubTime } from '../../shapes/time';
import { userShape } from '../../shapes/userShape';
import { stableId } from '../../world/stableId';
import { ApiProblem } from '../ApiProblem';
import {
  ApiRequest,
  ApiRoute,
  idOf,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { pageOf } from '../paging';

const HOUR_MS = 3_600_000;
const APP_ID = 424242;
const permissions = {
  ...{ actions: 'write', checks: 'read', contents: 'write', metadata: 'read' },
  ...{ deployments: 'write', pull_requests: 'read' },
};
const events = ['workflow_run', 'workflow_job'];

/** GitHub Apps: who one is, where it is installed, tokens of installations. */
export const appRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/app',
    answer: (_request, { links }) => ({
      body: {
        ...{ id: APP_ID, slug: 'ci-medic', node_id: 'A_1', name: 'CI Medic' },
        owner: userShape(links, 'meridian', 'Organization'),
        ...{ description: null, external_url: links.web('/') },
        html_url: links.web('/apps/ci-medic'),
        created_at: '2026-01-01T00:00:00Z',
        updated_at: '2026-01-01T00:00:00Z',
        ...{ permissions, events },
      },
    }),
  },
  {
    method: 'get',
    template: '/app/installations',
    answer: (request, context) => {
      const owners = [
        ...new Set(context.world.repositories().map(({ owner }) => owner)),
      ];
      const page = pageOf(owners, request, context);
      return {
        headers: page.headers,
        body: page.items.map(owner => installation(context, owner)),
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/installation',
    answer: (request, context) => ({
      body: installation(context, repositoryOf(request, context).owner),
    }),
  },
  {
    method: 'post',
    template: '/app/installations/{installation_id}/access_tokens',
    answer: token,
  },
  {
    method: 'get',
    template: '/installation/repositories',
    answer: (request, context) => {
      const all = context.world.repositories();
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: {
          total_count: all.length,
          repositories: page.items.map(each =>
            fullRepositoryShape(context.links, each),
          ),
        },
      };
    },
  },
];

function token(request: ApiRequest, context: ServerContext) {
  const id = idOf(request, 'installation_id');
  const owner = context.world
    .repositories()
    .find(each => installationId(each.owner) === id)?.owner;
  if (!owner) {
    throw ApiProblem.notFound();
  }
  const now = Date.now();
  const secret = createHash('sha256')
    .update(`${id} ${now} ${process.pid}`)
    .digest('hex');
  return {
    status: 201,
    body: {
      token: `ghs_${secret.slice(0, 36)}`,
      expires_at: githubTime(now + HOUR_MS),
      permissions,
      repository_selection: 'all',
    },
  };
}

function installationId(owner: string): number {
  return stableId(['installation', owner], 8);
}

/** GitHub's `installation`. */
function installation({ links }: ServerContext, owner: string) {
  const id = installationId(owner);
  const account = userShape(links, owner, 'Organization');
  return {
    ...{ id, account, repository_selection: 'all' },
    access_tokens_url: links.api(`/app/installations/${id}/access_tokens`),
    repositories_url: links.api('/installation/repositories'),
    html_url: links.web(`/organizations/${owner}/settings/installations/${id}`),
    ...{ app_id: APP_ID, app_slug: 'ci-medic', target_id: account.id },
    ...{ target_type: 'Organization', permissions, events },
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...{ single_file_name: null, suspended_by: null, suspended_at: null },
  };
}
