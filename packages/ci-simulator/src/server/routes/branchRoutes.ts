import { commitShape } from '../../shapes/commitShape';
import { findCommit } from '../../world/history';
import { Repository } from '../../world/model';
import { nodeId } from '../../world/stableId';
import { ApiProblem } from '../ApiProblem';
import { ApiRoute, found, repositoryOf, ServerContext } from '../ApiRoute';
import { note } from '../note';
import { pageOf } from '../paging';

const REPOSITORY = '/repos/{owner}/{repo}';

/** Branches and references. */
export const branchRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: `${REPOSITORY}/branches`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const page = pageOf([...branchesOf(repository)], request, context);
      const api = context.links.repository(repository);
      return {
        headers: page.headers,
        body: page.items.map(([name, sha]) => ({
          name,
          commit: { sha, url: `${api}/commits/${sha}` },
          protected: false,
        })),
      };
    },
  },
  {
    method: 'get',
    template: `${REPOSITORY}/branches/{branch}`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { links } = context;
      const name = request.parameters.branch;
      const sha = found(branchesOf(repository).get(name));
      const commit = found(repository.commits.get(sha));
      const url = `${links.repository(repository)}/branches/${name}`;
      return {
        body: {
          name,
          commit: commitShape(links, repository, commit),
          _links: {
            html: `${links.repositoryPage(repository)}/tree/${name}`,
            self: url,
          },
          protected: false,
          protection: { enabled: false },
          protection_url: `${url}/protection`,
        },
      };
    },
  },
  {
    method: 'get',
    template: `${REPOSITORY}/git/ref/{ref}`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const name = request.parameters.ref.replace(/^heads\//, '');
      const sha = found(branchesOf(repository).get(name));
      return { body: refShape(repository, context, name, sha) };
    },
  },
  {
    method: 'post',
    template: `${REPOSITORY}/git/refs`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { ref, sha } = request.body as { ref?: unknown; sha?: unknown };
      const [, name] = /^refs\/heads\/(.{1,200})$/.exec(String(ref)) ?? [];
      if (!name || !repository.commits.has(String(sha))) {
        throw new ApiProblem(
          422,
          name
            ? 'Object does not exist'
            : 'Reference name must start with refs/heads/',
        );
      }
      if (branchesOf(repository).has(name)) {
        throw new ApiProblem(422, 'Reference already exists');
      }
      setBranch(repository, name, String(sha));
      note(request, context, 'create-ref', { ref, sha });
      return {
        status: 201,
        body: refShape(repository, context, name, String(sha)),
      };
    },
  },
  {
    method: 'delete',
    template: `${REPOSITORY}/git/refs/{ref}`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const name = request.parameters.ref.replace(/^heads\//, '');
      if (
        !branchesOf(repository).has(name) ||
        name === repository.defaultBranch
      ) {
        throw new ApiProblem(422, 'Reference does not exist');
      }
      repository.branches!.delete(name);
      note(request, context, 'delete-ref', { ref: `refs/heads/${name}` });
      return { status: 204 };
    },
  },
];

/** Of recordings: those that were built. */
function branchesOf(repository: Repository): Map<string, string> {
  if (repository.branches) {
    return repository.branches;
  }
  const names = new Set([
    repository.defaultBranch,
    ...repository.runs.map(({ branch }) => branch),
  ]);
  return new Map(
    [...names].flatMap(name => {
      const commit = findCommit(repository, name);
      return commit ? [[name, commit.sha] as [string, string]] : [];
    }),
  );
}

function setBranch(repository: Repository, name: string, sha: string): void {
  repository.branches ??= branchesOf(repository);
  repository.branches.set(name, sha);
}

function refShape(
  repository: Repository,
  { links }: ServerContext,
  name: string,
  sha: string,
) {
  const api = links.repository(repository);
  return {
    ref: `refs/heads/${name}`,
    node_id: nodeId('REF', `${repository.id}:${name}`),
    url: `${api}/git/refs/heads/${name}`,
    object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
  };
}
