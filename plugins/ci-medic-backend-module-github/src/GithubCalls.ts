import {
  CiRequest,
  EffectReceipt,
  EffectRefusedError,
  PreparedEffect,
  RateLimitedError,
} from '@ci-medic/plugin-ci-medic-node';
import { explainError } from './explainError';
import { GithubClients } from './GithubClients';

/**
 * Calls that change something. Each is sent once: nothing waits, and nothing is tried again.
 */
export class GithubCalls {
  readonly #clients: GithubClients;

  constructor(options: { clients: GithubClients }) {
    this.#clients = options.clients;
  }

  /** Gets a call ready; whatever takes time is done before. */
  async prepare(
    { project }: CiRequest,
    route: string,
    parameters: Record<string, unknown>,
    receiptOf: (data: any) => EffectReceipt | void = () => {},
  ): Promise<PreparedEffect> {
    const [owner, repo] = project.slug.split('/');
    const octokit = await this.#clients.plain(project);
    return async signal => {
      try {
        const { data } = await octokit.request(route, {
          ...{ owner, repo, ...parameters },
          request: { signal, retries: 0 },
        });
        return receiptOf(data);
      } catch (error) {
        throw judge(error);
      }
    };
  }
}

/** Which answers mean that nothing happened. */
function judge(error: unknown): Error {
  const explained = explainError(error);
  const { status } = error as { status?: number };
  const isAnswer = (error as { response?: unknown }).response !== undefined;
  if (explained instanceof RateLimitedError) {
    return explained;
  }
  return isAnswer && status !== undefined && status >= 400 && status < 500
    ? new EffectRefusedError(
        `GitHub answered ${status}: ${(error as Error).message.slice(0, 300)}`,
      )
    : explained;
}
