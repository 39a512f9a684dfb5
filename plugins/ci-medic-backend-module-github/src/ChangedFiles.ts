import { NotFoundError } from '@backstage/errors';
import { CiRequest, ProviderRun } from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { GithubApi, PER_PAGE } from './GithubApi';
import { filePayload, runPayload } from './payloads';

/** GitHub names this many files of a comparison at most. */
const MOST_FILES = 300;
const PREVIOUS_RUNS = 20;

type RunRequest = CiRequest & { run: ProviderRun };

/**
 * Which files the commits of a run changed: those of its pull request, or those since the run before it on its branch.
 */
export class ChangedFiles {
  readonly #api: GithubApi;

  constructor(api: GithubApi) {
    this.#api = api;
  }

  /** `undefined` when the event is not about commits, or too many files changed. */
  async list(request: RunRequest): Promise<string[] | undefined> {
    const files = await this.#filesOf(request);
    if (!files || files.length >= MOST_FILES) {
      return undefined;
    }
    return z
      .array(filePayload)
      .parse(files)
      .flatMap(file => [file.filename, file.previous_filename ?? ''])
      .filter(Boolean);
  }

  async #filesOf(request: RunRequest): Promise<unknown[] | undefined> {
    const { event } = request.run;
    if (event.startsWith('pull_request')) {
      return this.#ofPullRequest(request);
    }
    if (event === 'merge_group') {
      return this.#ofCommit(request);
    }
    if (event !== 'push') {
      return undefined;
    }
    return (await this.#sincePrevious(request)) ?? this.#ofCommit(request);
  }

  async #ofPullRequest(request: RunRequest): Promise<unknown[] | undefined> {
    const { pullRequests, commit } = request.run;
    let [number] = pullRequests;
    if (number === undefined) {
      // Runs of forks do not name theirs.
      const { data } = await this.#api.get(
        request,
        'GET /repos/{owner}/{repo}/commits/{sha}/pulls',
        { sha: commit.sha },
      );
      number = data?.[0]?.number;
    }
    if (typeof number !== 'number') {
      return undefined;
    }
    return this.#api.all(
      request,
      'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
      {
        parameters: { pull_number: number },
        itemsOf: data => data,
        mostPages: MOST_FILES / PER_PAGE,
      },
    );
  }

  /** A push may bring several commits, of which the run names the last one only. */
  async #sincePrevious(request: RunRequest): Promise<unknown[] | undefined> {
    const { branch, commit, pipeline, createdAt } = request.run;
    if (!branch) {
      return undefined;
    }
    try {
      const { data } = await this.#api.get(
        request,
        'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
        {
          ...{ workflow_id: pipeline.id, branch, event: 'push' },
          created: `<=${createdAt}`,
          per_page: PREVIOUS_RUNS,
        },
      );
      const previous = (data?.workflow_runs as unknown[] | undefined)
        ?.map(run => runPayload.safeParse(run).data)
        .find(run => run && run.head_sha !== commit.sha);
      if (!previous) {
        return undefined;
      }
      const comparison = await this.#api.get(
        request,
        'GET /repos/{owner}/{repo}/compare/{basehead}',
        { basehead: `${previous.head_sha}...${commit.sha}` },
      );
      return comparison.data?.files;
    } catch (error) {
      // A forced push may have taken the commit before away.
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  async #ofCommit(request: RunRequest): Promise<unknown[] | undefined> {
    const { data } = await this.#api.get(
      request,
      'GET /repos/{owner}/{repo}/commits/{ref}',
      { ref: request.run.commit.sha },
    );
    return data?.files;
  }
}
