import { createHash } from 'crypto';
import { basename } from 'path';
import { ChangedFile, Commit } from '../world/model';
import { ArchiveContent } from './readArchive';
import { RunDetails } from './readRunDetails';

/** What a run is about, apart from its jobs. */
export type RunDescription = {
  /** `owner/name`. */
  slug: string;
  description?: string;
  workflow: { name: string; path: string };
  number: number;
  event: string;
  branch: string;
  actor: string;
  title: string;
  commits: Array<Omit<Commit, 'at'>>;
  sha: string;
  pullRequest?: { number: number; base: string };
};

const NO_FILES: ChangedFile[] = [];

/**
 * Says what run an archive is of: from GitHub's own words where they are there,
 * otherwise from the logs and from the file's name. What neither tells is
 * filled with words that say so.
 */
export function describeRun(options: {
  path: string;
  content: ArchiveContent;
  details?: RunDetails;
}): RunDescription {
  return options.details
    ? fromDetails(options.details)
    : fromLogs(options.path, options.content);
}

function fromDetails(details: RunDetails): RunDescription {
  const { message, author } = details.head_commit;
  const sha = details.head_sha;
  return {
    slug: details.repository.full_name,
    description: details.repository.description ?? undefined,
    workflow: { name: details.name, path: details.path },
    number: details.run_number,
    event: details.event,
    branch: details.head_branch,
    actor: details.actor.login,
    title: details.display_title,
    commits: [{ sha, parents: [], message, author, files: NO_FILES }],
    sha,
  };
}

function fromLogs(path: string, content: ArchiveContent): RunDescription {
  const facts = content.jobs.flatMap(job => [
    ...(job.facts ? [job.facts] : []),
    ...job.steps.map(step => step.facts),
  ]);
  const first = <T>(read: (each: (typeof facts)[number]) => T | undefined) =>
    facts.map(read).find(value => value !== undefined);
  const definedAt = first(each => each.definedAt);
  const slug =
    first(each => each.checkedOut) ?? definedAt?.slug ?? 'unknown/unknown';
  // Reusable workflows lie elsewhere; the own one's path is not in the logs.
  const own = first(each =>
    each.definedAt?.slug.toLowerCase() === slug.toLowerCase()
      ? each.definedAt
      : undefined,
  );
  const file = (own ?? definedAt)?.path ?? '.github/workflows/unknown.yml';
  const merged = first(each => each.merged);
  const number = first(each => each.pullRequest);
  const name = basename(path);
  const sha =
    /^([0-9a-f]{40})(?![0-9a-f])/.exec(name)?.[1] ??
    merged?.head ??
    createHash('sha1').update(name).digest('hex');
  const base = merged?.base;
  return {
    slug,
    workflow: {
      name: basename(file).replace(/\.ya?ml$/, ''),
      path: file,
    },
    number: Number(/(?:^|_)logs_(\d{1,9})/.exec(name)?.[1] ?? 1),
    event: number === undefined ? 'push' : 'pull_request',
    branch: number === undefined ? branchOf(own?.ref) : `pull/${number}/head`,
    // The account that GitHub shows where one is not known any more.
    actor: 'ghost',
    title: titleOf(sha),
    commits: [
      commitOf(sha, base ? [base] : []),
      ...(base ? [commitOf(base, [])] : []),
    ],
    sha,
    pullRequest: number !== undefined && base ? { number, base } : undefined,
  };
}

function branchOf(ref: string | undefined): string {
  return ref?.match(/^refs\/heads\/(.+)$/)?.[1] ?? 'main';
}

function commitOf(sha: string, parents: string[]): Omit<Commit, 'at'> {
  const author = { name: 'Unknown', email: 'unknown@users.noreply.invalid' };
  return { sha, parents, message: titleOf(sha), author, files: NO_FILES };
}

function titleOf(sha: string): string {
  return `Commit ${sha.slice(0, 7)} (its message is not in the archive)`;
}
