import { InputError, NotFoundError } from '@backstage/errors';
import {
  ChangedFile,
  CiChanges,
  CiRequest,
  CommitComparison,
  ComparedCommit,
  DependencyChange,
} from '@ci-medic/plugin-ci-medic-node';
import { Readable } from 'stream';
import { z } from 'zod';
import { changedLines } from './changedLines';
import {
  ChangedFilePayload,
  commitFilesPayload,
  ComparedCommitPayload,
  comparisonPayload,
  contentPayload,
  dependencyPayload,
  DependencyPayload,
} from './changePayloads';
import { GithubApi, PER_PAGE } from './GithubApi';

/** GitHub names this many files of a comparison at most. */
const MOST_FILES = 300;
const MOST_DEPENDENCY_PAGES = 10;
const SHA = /^[0-9a-f]{7,64}$/i;

/**
 * What differs between commits of a repository on GitHub.
 */
export class GithubChanges implements CiChanges {
  readonly #api: GithubApi;

  constructor(api: GithubApi) {
    this.#api = api;
  }

  async compareCommits(
    request: CiRequest & { base: string; head: string; mostCommits: number },
  ): Promise<CommitComparison> {
    const { mostCommits } = request;
    const first = await this.#comparison(request, 1);
    const total = first.total_commits;
    const pages = Math.ceil(total / PER_PAGE);
    const wanted = Math.ceil(mostCommits / PER_PAGE);
    const commits = pages <= 1 ? first.commits ?? [] : [];
    if (pages > 1) {
      // They come oldest first, and the newest are wanted.
      for (let page = Math.max(1, pages - wanted); page <= pages; page++) {
        const answer =
          page === 1 ? first : await this.#comparison(request, page);
        commits.push(...(answer.commits ?? []));
      }
    }
    const files = first.files ?? [];
    return {
      commits: commits.slice(-mostCommits).map(readCommit),
      totalCommits: total,
      files: files.map(readFile),
      filesTruncated: files.length >= MOST_FILES,
      url: first.html_url,
    };
  }

  async commitFiles(
    request: CiRequest & { sha: string },
  ): Promise<ChangedFile[]> {
    const { data } = await this.#api.get(
      request,
      'GET /repos/{owner}/{repo}/commits/{ref}',
      { ref: checkSha(request.sha) },
    );
    return (commitFilesPayload.parse(data).files ?? []).map(readFile);
  }

  async compareDependencies(
    request: CiRequest & { base: string; head: string },
  ): Promise<DependencyChange[] | undefined> {
    try {
      const items = await this.#api.all(
        request,
        'GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}',
        {
          parameters: { basehead: rangeOf(request) },
          itemsOf: data => data,
          mostPages: MOST_DEPENDENCY_PAGES,
        },
      );
      return pairUp(z.array(dependencyPayload).parse(items));
    } catch (error) {
      // The dependency graph is off, or the token may not read it: lockfiles tell as well.
      if (error instanceof NotFoundError || isRefusal(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async openFile(
    request: CiRequest & { path: string; sha: string },
  ): Promise<Readable> {
    const route = 'GET /repos/{owner}/{repo}/contents/{path}';
    const place = { path: checkPath(request.path), ref: checkSha(request.sha) };
    const { data } = await this.#api.get(request, route, place);
    const file = contentPayload.parse(data);
    // What is larger than a megabyte is told without its content.
    return file.encoding === 'base64'
      ? Readable.from([Buffer.from(file.content, 'base64')])
      : this.#api.open(request, route, {
          ...place,
          mediaType: { format: 'raw' },
        });
  }

  async #comparison(
    request: CiRequest & { base: string; head: string },
    page: number,
  ) {
    const { data } = await this.#api.get(
      request,
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      { basehead: rangeOf(request), per_page: PER_PAGE, page },
    );
    return comparisonPayload.parse(data);
  }
}

function readCommit({ sha, html_url, commit, author }: ComparedCommitPayload) {
  const read: ComparedCommit = {
    sha,
    message: commit.message,
    author: author?.login ?? commit.author?.name ?? undefined,
    at: commit.committer?.date ?? commit.author?.date,
    url: html_url,
  };
  return read;
}

function readFile(file: ChangedFilePayload): ChangedFile {
  const { filename, previous_filename, additions, deletions, patch } = file;
  return {
    path: filename,
    previousPath: previous_filename ?? undefined,
    additions,
    deletions,
    lines: patch ? changedLines(patch) : undefined,
  };
}

/** GitHub names what went and what came; a package that did both changed its version. */
function pairUp(items: DependencyPayload[]): DependencyChange[] {
  const changes = new Map<string, DependencyChange>();
  for (const { change_type, manifest, ecosystem, name, version } of items) {
    const key = `${manifest} ${ecosystem} ${name}`;
    const change = changes.get(key) ?? { ecosystem, name, manifest };
    change[change_type === 'added' ? 'to' : 'from'] = version;
    changes.set(key, change);
  }
  return [...changes.values()].filter(({ from, to }) => from !== to);
}

function rangeOf({ base, head }: { base: string; head: string }): string {
  return `${checkSha(base)}...${checkSha(head)}`;
}

function checkSha(sha: string): string {
  if (!SHA.test(sha)) {
    throw new InputError('That is not the name of a commit');
  }
  return sha;
}

/** Parts of dots alone would lead to other paths of the API. */
function checkPath(path: string): string {
  if (path.split('/').some(part => /^\.{0,2}$/.test(part))) {
    throw new InputError('That is not the path of a file');
  }
  return path;
}

function isRefusal(error: unknown): boolean {
  return /refuses the credentials|answered 40[03]/.test(
    (error as Error).message,
  );
}
