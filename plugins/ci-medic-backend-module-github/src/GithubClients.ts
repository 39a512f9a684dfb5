import { LoggerService } from '@backstage/backend-plugin-api';
import {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
  ScmIntegrations,
} from '@backstage/integration';
import { InputError } from '@backstage/errors';
import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

// Its types name another copy of the core than the one that is used.
const ThrottledOctokit = Octokit.plugin(
  throttling as unknown as Parameters<typeof Octokit.plugin>[0],
);

/**
 * Clients for the repositories of the configured hosts. Each call asks for credentials, because those of an App expire
 * after an hour.
 */
export class GithubClients {
  readonly #integrations: ScmIntegrations;
  readonly #credentials: GithubCredentialsProvider;
  readonly #logger: LoggerService;
  readonly #warned = new Set<string>();

  constructor(options: {
    integrations: ScmIntegrations;
    credentials: GithubCredentialsProvider;
    logger: LoggerService;
  }) {
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
  }

  /** A client that sends what it is asked at once and once. */
  async plain(project: ProjectRef): Promise<Octokit> {
    return new Octokit(await this.#options(project));
  }

  async for(project: ProjectRef): Promise<Octokit> {
    const { host, slug } = project;
    return new ThrottledOctokit({
      ...(await this.#options(project)),
      throttle: {
        // Those of one owner share a limit; others do not wait for them.
        id: `${host}/${slug.split('/')[0]}`,
        // Waiting is up to the work queue, so nothing is called again here.
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
    });
  }

  async #options({ host, slug }: ProjectRef) {
    const baseUrl = this.apiUrl(host);
    const { token } = await this.#credentials.getCredentials({
      url: `https://${host}/${slug}`,
    });
    if (!token && !this.#warned.has(host)) {
      this.#warned.add(host);
      this.#logger.warn(
        `There are no credentials for ${host}: only public repositories can be read, 60 requests an hour. See integrations.github.`,
      );
    }
    return {
      auth: token,
      baseUrl,
      userAgent: 'ci-medic',
      log: { debug() {}, info() {}, warn() {}, error() {} },
    };
  }

  /**
   * @throws InputError when the host is not configured any more.
   */
  config(host: string): GithubIntegrationConfig {
    const integration = this.#integrations.github.byHost(host);
    if (!integration) {
      throw new InputError(
        `integrations.github has no entry for the host ${host}`,
      );
    }
    return integration.config;
  }

  /** Address of the host's REST API. Without a configured one it is where Enterprise servers have it. */
  apiUrl(host: string): string {
    return this.config(host).apiBaseUrl ?? `https://${host}/api/v3`;
  }

  /** Address of the host's web pages. */
  webUrl(host: string): string {
    const isPlain = this.apiUrl(host).startsWith(`http://${host}/`);
    return `${isPlain ? 'http' : 'https'}://${host}`;
  }
}
