import { CiRequest } from '@ci-medic/plugin-ci-medic-node';
import { Readable } from 'stream';
import { ReadableStream } from 'stream/web';
import { explainError } from './explainError';
import { GithubClients } from './GithubClients';

/** What GitHub gives at most. */
export const PER_PAGE = 100;

const MOST_PAGES = 50;
const TIMEOUT_MS = 60_000;

/** An answer of GitHub. */
export type GithubAnswer = {
  status: number;
  headers: Record<string, string | undefined>;
  data: any;
};

/**
 * Reads GitHub's REST API. Nothing is asked a second time here: that is up to the work queue.
 *
 * @remarks
 *
 * Errors are those that `CiProvider` promises; an answer that nothing changed is no error.
 */
export class GithubApi {
  readonly #clients: GithubClients;
  readonly #timeoutMs: number;

  constructor(clients: GithubClients, options?: { timeoutMs?: number }) {
    this.#clients = clients;
    this.#timeoutMs = options?.timeoutMs ?? TIMEOUT_MS;
  }

  async get(
    { project, signal }: CiRequest,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<GithubAnswer> {
    const [owner, repo] = project.slug.split('/');
    const octokit = await this.#clients.for(project);
    const timeout = new AbortController();
    const timer = setTimeout(
      () => timeout.abort(new Error(`no answer in ${this.#timeoutMs} ms`)),
      this.#timeoutMs,
    );
    try {
      const { request = {}, ...rest } = parameters;
      const answer = await octokit.request(route, {
        ...{ owner, repo, ...rest },
        request: {
          signal: signal
            ? AbortSignal.any([signal, timeout.signal])
            : timeout.signal,
          ...(request as object),
        },
      });
      return answer as GithubAnswer;
    } catch (error) {
      if ((error as { status?: number }).status === 304) {
        return { status: 304, headers: {}, data: undefined };
      }
      signal?.throwIfAborted();
      throw explainError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The items of all pages. */
  async all(
    request: CiRequest,
    route: string,
    options: {
      parameters: Record<string, unknown>;
      itemsOf: (data: any) => unknown;
      mostPages?: number;
    },
  ): Promise<unknown[]> {
    const { parameters, itemsOf, mostPages = MOST_PAGES } = options;
    const items: unknown[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const { data, headers } = await this.get(request, route, {
        ...parameters,
        per_page: PER_PAGE,
        page,
      });
      const found = itemsOf(data);
      if (!Array.isArray(found)) {
        throw new Error('GitHub answered with something else than a list');
      }
      items.push(...found);
      if (!hasNext(headers)) {
        break;
      }
    }
    return items;
  }

  /** Follows the redirect to the store of logs and artifacts without taking the credentials along. */
  async open(
    request: CiRequest,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<Readable> {
    const { status, headers, data } = await this.get(request, route, {
      ...parameters,
      request: { redirect: 'manual', parseSuccessResponseBody: false },
    });
    const body = data as ReadableStream | null;
    if (status === 200 && body) {
      return Readable.fromWeb(body);
    }
    await body?.cancel();
    const base = this.#clients.apiUrl(request.project.host);
    const location = headers.location ?? '';
    if (!location || !URL.canParse(location, base)) {
      throw new Error('GitHub did not say where the file is');
    }
    return download(new URL(location, base), request.signal);
  }
}

/** Whether a list goes on. */
export function hasNext(headers: GithubAnswer['headers']): boolean {
  return /rel="next"/.test(headers.link ?? '');
}

async function download(url: URL, signal?: AbortSignal): Promise<Readable> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`GitHub names a file behind ${url.protocol}`);
  }
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw explainError(error);
  }
  if (response.ok && response.body) {
    return Readable.fromWeb(response.body as ReadableStream);
  }
  await response.body?.cancel();
  const { status, statusText } = response;
  // Its addresses carry a signature that expires, so a refusal is no matter of our credentials.
  throw status === 404 || status === 410
    ? explainError({ status, message: statusText })
    : new Error(`The store of GitHub's files answered ${status} ${statusText}`);
}
