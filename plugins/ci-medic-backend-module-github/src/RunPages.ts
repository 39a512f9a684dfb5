import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CiRequest, ProviderRunPage } from '@ci-medic/plugin-ci-medic-node';
import { convertRun } from './convertPayloads';
import { GithubApi, GithubAnswer, hasNext, PER_PAGE } from './GithubApi';
import { runPayload } from './payloads';

/** GitHub shows no more runs of one range of dates. */
const MOST_IN_RANGE = 1_000;
const CURSOR = /^(\d{1,4})(?:@(\d{1,15}))?$/;

type RunQuery = CiRequest & {
  createdAfter?: Date;
  createdBefore?: Date;
  cursor?: string;
  validator?: string;
};

/**
 * The runs of a repository, newest first. Where a range of dates has more runs than GitHub shows, the next page is the
 * first of the range before.
 */
export class RunPages {
  readonly #api: GithubApi;
  readonly #logger: LoggerService;

  constructor(api: GithubApi, logger: LoggerService) {
    this.#api = api;
    this.#logger = logger;
  }

  async list(query: RunQuery): Promise<ProviderRunPage> {
    const { createdAfter, cursor, validator } = query;
    const { page, before } = readCursor(cursor);
    const createdBefore = before ?? query.createdBefore;
    const answer = await this.#api.get(
      query,
      'GET /repos/{owner}/{repo}/actions/runs',
      {
        per_page: PER_PAGE,
        page,
        created: createdFilter(createdAfter, createdBefore),
        headers: validator ? { 'if-none-match': validator } : {},
      },
    );
    if (answer.status === 304) {
      return { runs: [], validator, notModified: true };
    }
    const found: unknown = answer.data?.workflow_runs;
    if (!Array.isArray(found)) {
      throw new Error('GitHub answered with something else than runs');
    }
    return {
      runs: this.#convert(query, found),
      nextCursor: nextCursorOf({ ...{ answer, found, page, before }, query }),
      validator: answer.headers.etag,
      notModified: false,
    };
  }

  /** One run that cannot be read does not hold up the others. */
  #convert({ project }: CiRequest, found: unknown[]) {
    return found.flatMap(run => {
      const { success, data, error } = runPayload.safeParse(run);
      if (!success) {
        const [{ path, message }] = error.issues;
        this.#logger.warn(
          `A run of ${project.slug} cannot be read and is left out: ${path.join(
            '.',
          )} ${message}`,
        );
      }
      return success ? [convertRun(data)] : [];
    });
  }
}

function nextCursorOf(options: {
  answer: GithubAnswer;
  found: unknown[];
  page: number;
  before?: Date;
  query: RunQuery;
}): string | undefined {
  const { answer, found, page, before, query } = options;
  const createdBefore = before ?? query.createdBefore;
  const range = before ? `@${before.getTime()}` : '';
  if (hasNext(answer.headers)) {
    return `${page + 1}${range}`;
  }
  const hasRange = Boolean(createdBefore ?? query.createdAfter);
  if (!hasRange || found.length < PER_PAGE || page * PER_PAGE < MOST_IN_RANGE) {
    return undefined;
  }
  const oldest = Date.parse((found[found.length - 1] as any)?.created_at);
  if (Number.isNaN(oldest)) {
    return undefined;
  }
  // Its second may have more runs, unless all of these were of that one.
  const isStuck = createdBefore && seconds(createdBefore) <= seconds(oldest);
  return `1@${isStuck ? oldest - 1_000 : oldest}`;
}

function seconds(time: Date | number): number {
  return Math.floor(Number(time) / 1_000);
}

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) {
    return { page: 1 };
  }
  const match = CURSOR.exec(cursor);
  if (!match) {
    throw new InputError(`'${cursor.slice(0, 50)}' is no cursor of runs`);
  }
  const before = match[2] ? new Date(Number(match[2])) : undefined;
  return { page: Number(match[1]), before };
}

/** GitHub's syntax for a range of dates. */
function createdFilter(after?: Date, before?: Date): string | undefined {
  const format = (date: Date) => date.toISOString().replace(/\.\d+Z$/, 'Z');
  if (after && before) {
    return `${format(after)}..${format(before)}`;
  }
  if (after) {
    return `>=${format(after)}`;
  }
  return before && `<=${format(before)}`;
}
