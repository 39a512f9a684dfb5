import { fullRepositoryShape } from '../../shapes/repositoryShape';
import { Links } from '../../shapes/Links';
import { githubTime } from '../../shapes/time';
import { userShape } from '../../shapes/userShape';
import { PullRequest, PullState, Repository } from '../../world/model';
import { nodeId, stableId } from '../../world/stableId';
import { ApiRoute, repositoryOf } from '../ApiRoute';
import { pageOf } from '../paging';

type Pull = PullRequest & PullState;

/** Pull requests, where it is known what became of them. */
export const pullRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/pulls',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { state = 'open' } = request.query;
      const all = [...(repository.pulls?.values() ?? [])]
        .filter(each => state === 'all' || stateOf(each) === state)
        .reverse();
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: page.items.map(each =>
          pullShape(context.links, repository, each),
        ),
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { commit_sha: sha } = request.parameters;
      const all = [...(repository.pulls?.values() ?? [])].filter(
        each => each.mergeSha === sha || each.head.sha === sha,
      );
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: page.items.map(each =>
          pullShape(context.links, repository, each),
        ),
      };
    },
  },
];

function stateOf(pull: Pull): string {
  return pull.mergedAt ? 'closed' : 'open';
}

/** GitHub's `pull-request-simple`. */
function pullShape(links: Links, repository: Repository, pull: Pull) {
  const url = `${links.repository(repository)}/pulls/${pull.number}`;
  const issue = `${links.repository(repository)}/issues/${pull.number}`;
  const page = `${links.repositoryPage(repository)}/pull/${pull.number}`;
  const id = stableId(['pull request', repository.id, pull.number], 10);
  const repo = fullRepositoryShape(links, repository);
  const side = (at: Pull['head']) => ({
    label: `${repository.owner}:${at.branch}`,
    ref: at.branch,
    sha: at.sha,
    user: userShape(links, repository.owner, 'Organization'),
    repo,
  });
  const merged = pull.mergedAt ? githubTime(pull.mergedAt) : null;
  const link = (href: string) => ({ href });
  return {
    ...{ url, id, node_id: nodeId('PR', id), html_url: page },
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${url}/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${links.repository(repository)}/statuses/${pull.head.sha}`,
    number: pull.number,
    state: stateOf(pull),
    locked: false,
    title: pull.title ?? '',
    user: userShape(links, pull.author),
    body: null,
    labels: [],
    milestone: null,
    created_at: githubTime(pull.createdAt),
    updated_at: githubTime(pull.mergedAt ?? pull.createdAt),
    closed_at: merged,
    merged_at: merged,
    merge_commit_sha: pull.mergeSha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: side(pull.head),
    base: side(pull.base),
    _links: {
      comments: link(`${issue}/comments`),
      commits: link(`${url}/commits`),
      statuses: link(
        `${links.repository(repository)}/statuses/${pull.head.sha}`,
      ),
      html: link(page),
      issue: link(issue),
      review_comments: link(`${url}/comments`),
      review_comment: link(`${url}/comments{/number}`),
      self: link(url),
    },
    author_association: 'MEMBER',
    auto_merge: null,
    draft: false,
  };
}
