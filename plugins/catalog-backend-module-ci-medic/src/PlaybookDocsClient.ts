import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { PlaybookDocs } from '@ci-medic/plugin-ci-medic-common';

/**
 * Reads the pages of playbooks from CI Medic, as the plugin that it is used in.
 */
export class PlaybookDocsClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Web address of what the site of an owner is made from. */
  async addressOf(owner: string): Promise<string> {
    const { kind, namespace, name } = parseEntityRef(owner);
    const parts = [kind, namespace, name].map(encodeURIComponent);
    return `${await this.#baseUrl()}/${parts.join('/')}`;
  }

  /** Whether an address is one of {@link PlaybookDocsClient.addressOf}. */
  async isAddress(url: string): Promise<boolean> {
    return url.startsWith(`${await this.#baseUrl()}/`);
  }

  async owners(): Promise<Omit<PlaybookDocs, 'files'>[]> {
    const { items } = await this.#get(await this.#baseUrl());
    return items;
  }

  async read(address: string): Promise<PlaybookDocs> {
    return this.#get(address);
  }

  /** Asks another plugin, as the plugin that this is used in. */
  async ask(pluginId: string, path: string): Promise<Response> {
    const baseUrl = await this.#discovery.getBaseUrl(pluginId);
    return fetch(`${baseUrl}${path}`, {
      headers: { Authorization: `Bearer ${await this.#token(pluginId)}` },
    });
  }

  async #get(address: string): Promise<any> {
    const response = await fetch(address, {
      headers: { Authorization: `Bearer ${await this.#token('ci-medic')}` },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }

  async #token(targetPluginId: string): Promise<string> {
    const onBehalfOf = await this.#auth.getOwnServiceCredentials();
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId,
    });
    return token;
  }

  async #baseUrl(): Promise<string> {
    return `${await this.#discovery.getBaseUrl('ci-medic')}/playbook-docs`;
  }
}
