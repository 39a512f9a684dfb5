import { CiRequest } from './CiRequest';
import { Readable } from 'stream';

/**
 * Lines that a commit added or changed, first and last included, as the file has them afterwards.
 *
 * @public
 */
export type ChangedLines = [number, number];

/**
 * A file that a commit changed.
 *
 * @public
 */
export type ChangedFile = {
  path: string;
  previousPath?: string;
  additions: number;
  deletions: number;
  /** Absent when the system does not tell. */
  lines?: ChangedLines[];
};

/**
 * A commit in a range.
 *
 * @public
 */
export type ComparedCommit = {
  sha: string;
  /** The whole message. */
  message: string;
  author?: string;
  /** ISO 8601. */
  at?: string;
  url?: string;
  /** Absent when it was not asked for. */
  files?: ChangedFile[];
};

/**
 * What lies between two commits.
 *
 * @public
 */
export type CommitComparison = {
  /** Oldest first; the newest ones where there are too many. */
  commits: ComparedCommit[];
  /** How many there are, listed or not. */
  totalCommits: number;
  /** Files that differ between both ends. */
  files: ChangedFile[];
  /** Whether files are missing because there are too many. */
  filesTruncated: boolean;
  url?: string;
};

/**
 * A package of which the version differs between two commits.
 *
 * @public
 */
export type DependencyChange = {
  /** Such as `npm` or `maven`. */
  ecosystem: string;
  name: string;
  from?: string;
  to?: string;
  /** The file that says so. */
  manifest: string;
};

/**
 * What differs between commits of a repository.
 *
 * @remarks
 *
 * Errors are those of `CiProvider`: a `NotFoundError` means that a commit or a file is gone.
 *
 * @public
 */
export interface CiChanges {
  compareCommits(
    request: CiRequest & { base: string; head: string; mostCommits: number },
  ): Promise<CommitComparison>;

  /** Files of a commit, with their changed lines. */
  commitFiles(request: CiRequest & { sha: string }): Promise<ChangedFile[]>;

  /** `undefined` when the system does not compare dependencies of this repository. */
  compareDependencies(
    request: CiRequest & { base: string; head: string },
  ): Promise<DependencyChange[] | undefined>;

  /** A file as it is at a commit; the caller reads no more of it than it wants. */
  openFile(
    request: CiRequest & { path: string; sha: string },
  ): Promise<Readable>;
}
