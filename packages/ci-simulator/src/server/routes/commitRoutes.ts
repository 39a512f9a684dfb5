import {
  commitShape,
  commitWithFilesShape,
  fileShape,
} from '../../shapes/commitShape';
import { comparisonShape } from '../../shapes/comparisonShape';
import {
  ancestors,
  compareCommits,
  filesOfPullRequest,
  findCommit,
} from '../../world/history';
import { Commit } from '../../world/model';
import { newestFirst } from '../../world/World';
import { ApiRequest, ApiRoute, found, idOf, repositoryOf } from '../ApiRoute';
import { pageOf } from '../paging';

/** Commits, what lies between two of them, and files of pull requests. */
export const commitRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/commits',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const ref = request.query.sha ?? repository.defaultBranch;
      const start = found(findCommit(repository, ref));
      const commits = ancestors(repository, start).filter(
        commitFilter(request.query),
      );
      const page = pageOf(commits, request, context);
      return {
        headers: page.headers,
        body: page.items.map(commit =>
          commitShape(context.links, repository, commit),
        ),
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/commits/{ref}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const commit = found(findCommit(repository, request.parameters.ref));
      return { body: commitWithFilesShape(context.links, repository, commit) };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/compare/{basehead}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { basehead } = request.parameters;
      const [baseRef, headRef] = basehead.split('...');
      const base = found(findCommit(repository, baseRef));
      const head = found(headRef ? findCommit(repository, headRef) : undefined);
      const comparison = found(compareCommits(repository, base, head));
      const page = pageOf(comparison.ahead, request, context, {
        standard: 100,
      });
      return {
        headers: page.headers,
        body: comparisonShape({
          ...{ links: context.links, repository, head, comparison },
          basehead: encodeURI(basehead),
          page: { commits: page.items, isFirst: page.isFirst },
        }),
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/pulls/{pull_number}/files',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const number = idOf(request, 'pull_number');
      const pull = found(
        [...repository.runs]
          .sort(newestFirst)
          .flatMap(run => run.pullRequests)
          .find(each => each.number === number),
      );
      const files = filesOfPullRequest(repository, pull);
      const page = pageOf(files, request, context);
      const { links } = context;
      return {
        headers: page.headers,
        body: page.items.map(file =>
          fileShape({ links, repository, sha: pull.head.sha, file }),
        ),
      };
    },
  },
];

function commitFilter(query: ApiRequest['query']): (commit: Commit) => boolean {
  const { since, until, author, path } = query;
  const touches = (file: { path: string }) =>
    file.path === path || file.path.startsWith(`${path}/`);
  return commit =>
    (!since || commit.at >= Date.parse(since)) &&
    (!until || commit.at <= Date.parse(until)) &&
    (!author ||
      commit.author.login === author ||
      commit.author.email === author) &&
    (!path || commit.files.some(touches));
}
