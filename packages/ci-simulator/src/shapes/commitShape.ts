import { createHash } from 'crypto';
import { ChangedFile, Commit, Repository } from '../world/model';
import { nodeId } from '../world/stableId';
import { Links } from './Links';
import { githubTime } from './time';
import { userShape } from './userShape';

/** A commit as it stands within a run: GitHub's `simple-commit`. */
export function simpleCommitShape(commit: Commit) {
  const { name, email } = commit.author;
  return {
    id: commit.sha,
    tree_id: treeOf(commit.sha),
    message: commit.message,
    timestamp: githubTime(commit.at),
    author: { name, email },
    committer: { name, email },
  };
}

/** A commit in a list: GitHub's `commit`, without files. */
export function commitShape(
  links: Links,
  repository: Repository,
  commit: Commit,
) {
  const api = links.repository(repository);
  const page = links.repositoryPage(repository);
  const { sha, message, author } = commit;
  const tree = treeOf(sha);
  const person = {
    name: author.name,
    email: author.email,
    date: githubTime(commit.at),
  };
  const account = author.login ? userShape(links, author.login) : null;
  return {
    sha,
    node_id: nodeId('C', sha),
    commit: {
      author: person,
      committer: person,
      message,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      url: `${api}/git/commits/${sha}`,
      comment_count: 0,
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    url: `${api}/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    author: account,
    committer: account,
    parents: commit.parents.map(parent => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${page}/commit/${parent}`,
    })),
  };
}

/** A commit with what it changed. */
export function commitWithFilesShape(
  links: Links,
  repository: Repository,
  commit: Commit,
) {
  const sum = (count: (file: ChangedFile) => number) =>
    commit.files.reduce((total, file) => total + count(file), 0);
  const additions = sum(file => file.additions);
  const deletions = sum(file => file.deletions);
  return {
    ...commitShape(links, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: commit.files.map(file =>
      fileShape({ links, repository, sha: commit.sha, file }),
    ),
  };
}

/** A changed file: GitHub's `diff-entry`. */
export function fileShape(options: {
  links: Links;
  repository: Repository;
  sha: string;
  file: ChangedFile;
}) {
  const { links, repository, sha, file } = options;
  const page = links.repositoryPage(repository);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: treeOf(`${sha}:${file.path}`),
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${links.repository(repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined
      ? {}
      : { previous_filename: file.previousPath }),
  };
}

/** No tree is known, so any hash that stays the same will do. */
function treeOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
