import { Comparison } from '../world/history';
import { Commit, Repository } from '../world/model';
import { commitShape, fileShape } from './commitShape';
import { Links } from './Links';

/** Two commits compared: GitHub's `commit-comparison`. */
export function comparisonShape(options: {
  links: Links;
  repository: Repository;
  /** As asked for, e.g. `main...feature`. */
  basehead: string;
  head: Commit;
  comparison: Comparison;
  /** The part of the commits that is on this page, and whether it is the first. */
  page: { commits: Commit[]; isFirst: boolean };
}) {
  const { links, repository, basehead, head, comparison, page } = options;
  const { ahead, behind, base, mergeBase, files } = comparison;
  const site = `${links.repositoryPage(repository)}/compare`;
  const shape = (commit: Commit) => commitShape(links, repository, commit);
  return {
    url: `${links.repository(repository)}/compare/${basehead}`,
    html_url: `${site}/${basehead}`,
    permalink_url: `${site}/${base.sha}...${head.sha}`,
    diff_url: `${site}/${basehead}.diff`,
    patch_url: `${site}/${basehead}.patch`,
    base_commit: shape(base),
    merge_base_commit: shape(mergeBase),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: page.commits.map(shape),
    // As on GitHub, files are on the first page only, and at most 300.
    files: page.isFirst
      ? files
          .slice(0, 300)
          .map(file => fileShape({ links, repository, sha: head.sha, file }))
      : [],
  };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}
