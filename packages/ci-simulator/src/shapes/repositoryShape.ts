import { Repository } from '../world/model';
import { nodeId } from '../world/stableId';
import { Links } from './Links';
import { commitSpan } from './spans';
import { githubTime } from './time';
import { userShape } from './userShape';

const resources = {
  archive: '/{archive_format}{/ref}',
  assignees: '{/user}',
  blobs: { path: '/git/blobs', template: '{/sha}' },
  branches: '{/branch}',
  collaborators: '{/collaborator}',
  comments: '{/number}',
  commits: '{/sha}',
  compare: '/{base}...{head}',
  contents: '/{+path}',
  contributors: '',
  deployments: '',
  downloads: '',
  events: '',
  forks: '',
  git_commits: { path: '/git/commits', template: '{/sha}' },
  git_refs: { path: '/git/refs', template: '{/sha}' },
  git_tags: { path: '/git/tags', template: '{/sha}' },
  hooks: '',
  issue_comment: { path: '/issues/comments', template: '{/number}' },
  issue_events: { path: '/issues/events', template: '{/number}' },
  issues: '{/number}',
  keys: '{/key_id}',
  labels: '{/name}',
  languages: '',
  merges: '',
  milestones: '{/number}',
  notifications: '{?since,all,participating}',
  pulls: '{/number}',
  releases: '{/id}',
  stargazers: '',
  statuses: '/{sha}',
  subscribers: '',
  subscription: '',
  tags: '',
  teams: '',
  trees: { path: '/git/trees', template: '{/sha}' },
} satisfies Record<string, string | { path: string; template: string }>;

type ResourceUrls = Record<`${keyof typeof resources}_url`, string>;

/** A repository as it stands within a run: GitHub's `minimal-repository`. */
export function minimalRepositoryShape(links: Links, repository: Repository) {
  const url = links.repository(repository);
  const { id, owner, name, description } = repository;
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: `${owner}/${name}`,
    private: false,
    owner: userShape(links, owner, 'Organization'),
    html_url: links.repositoryPage(repository),
    description: description ?? null,
    fork: false,
    url,
    ...resourceUrls(url),
  };
}

/** A repository by itself and in webhooks: GitHub's `full-repository`. */
export function fullRepositoryShape(links: Links, repository: Repository) {
  const minimal = minimalRepositoryShape(links, repository);
  const page = links.repositoryPage(repository);
  const { from, to } = commitSpan(repository);
  const pushedAt = githubTime(to);
  return {
    ...minimal,
    created_at: githubTime(from),
    updated_at: pushedAt,
    pushed_at: pushedAt,
    git_url: `${page.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@${new URL(links.origin).host}:${minimal.full_name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: 'public',
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
    network_count: 0,
    subscribers_count: 0,
  };
}

function resourceUrls(url: string): ResourceUrls {
  const urls = Object.entries(resources).map(([name, resource]) => {
    const { path, template } =
      typeof resource === 'string'
        ? { path: `/${name}`, template: resource }
        : resource;
    return [`${name}_url`, `${url}${path}${template}`];
  });
  return Object.fromEntries(urls) as ResourceUrls;
}
