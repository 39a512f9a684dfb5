import { ChangedFile, Commit, PullRequest, Repository } from './model';
import { newestFirst } from './World';

/** Two commits compared, as `git diff base...head` sees them. */
export type Comparison = {
  base: Commit;
  mergeBase: Commit;
  /** What the head has and the base has not, oldest first. */
  ahead: Commit[];
  behind: Commit[];
  files: ChangedFile[];
};

/** The commit at the tip of a branch: the one that its newest run built. */
export function tipOf(
  repository: Repository,
  branch: string,
): Commit | undefined {
  const known = repository.branches?.get(branch);
  if (known || repository.branches) {
    return known === undefined ? undefined : repository.commits.get(known);
  }
  const newest = repository.runs
    .filter(run => run.branch === branch)
    .sort(newestFirst)
    .find(run => repository.commits.has(run.sha));
  if (newest) {
    return repository.commits.get(newest.sha);
  }
  return branch === repository.defaultBranch
    ? [...repository.commits.values()].sort((a, b) => b.at - a.at)[0]
    : undefined;
}

/** Finds a commit by full or shortened SHA, or by branch. */
export function findCommit(
  repository: Repository,
  ref: string,
): Commit | undefined {
  const exact = repository.commits.get(ref);
  if (exact) {
    return exact;
  }
  const branch = tipOf(repository, ref.replace(/^(refs\/)?heads\//, ''));
  if (branch || !/^[0-9a-f]{7,39}$/.test(ref)) {
    return branch;
  }
  return [...repository.commits.values()].find(({ sha }) =>
    sha.startsWith(ref),
  );
}

/** A commit and all its recorded ancestors, newest first. */
export function ancestors(repository: Repository, start: Commit): Commit[] {
  const found = new Map([[start.sha, start]]);
  // The map grows while it is walked.
  for (const commit of found.values()) {
    for (const sha of commit.parents) {
      const parent = repository.commits.get(sha);
      if (parent) {
        found.set(sha, parent);
      }
    }
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

/** Compares two commits; undefined when they have no common ancestor. */
export function compareCommits(
  repository: Repository,
  base: Commit,
  head: Commit,
): Comparison | undefined {
  const ofBase = ancestors(repository, base);
  const ofHead = ancestors(repository, head);
  const inBase = new Set(ofBase);
  const inHead = new Set(ofHead);
  const mergeBase = ofHead.find(commit => inBase.has(commit));
  if (!mergeBase) {
    return undefined;
  }
  const ahead = ofHead.filter(commit => !inBase.has(commit)).reverse();
  return {
    base,
    mergeBase,
    ahead,
    behind: ofBase.filter(commit => !inHead.has(commit)),
    files: combineFiles(ahead),
  };
}

/** The files that a pull request changes. */
export function filesOfPullRequest(
  repository: Repository,
  { base, head }: PullRequest,
): ChangedFile[] {
  const from = repository.commits.get(base.sha);
  const to = repository.commits.get(head.sha);
  if (!to) {
    return [];
  }
  const comparison = from && compareCommits(repository, from, to);
  return comparison ? comparison.files : to.files;
}

/** Folds the changes of several commits, oldest first, into one for each file. */
function combineFiles(commits: Commit[]): ChangedFile[] {
  const files = new Map<string, ChangedFile>();
  for (const file of commits.flatMap(commit => commit.files)) {
    const before = files.get(file.path);
    if (before?.status === 'added' && file.status === 'removed') {
      files.delete(file.path);
      continue;
    }
    files.set(file.path, {
      ...file,
      status: before?.status === 'added' ? 'added' : file.status,
      additions: (before?.additions ?? 0) + file.additions,
      deletions: (before?.deletions ?? 0) + file.deletions,
      // Hunks of several commits do not add up to one diff.
      patch: before ? undefined : file.patch,
    });
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
