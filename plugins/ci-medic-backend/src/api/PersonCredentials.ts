import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

const answerSchema = z.object({ token: z.string() });

/**
 * Credentials of users who are known by something else than their sign-in, such as a button that they pressed in chat.
 *
 * @remarks
 *
 * Only the auth backend can say what a user may do. Its module for CI Medic does so for this plugin alone; without it
 * nobody is let in this way.
 */
export class PersonCredentials {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /**
   * @throws NotAllowedError when the user does not exist any more or users cannot be vouched for.
   */
  async of(userRef: string) {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'auth',
    });
    const base = await this.#discovery.getBaseUrl('auth');
    const response = await fetch(`${base}/ci-medic-chat/refresh`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ userRef }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) {
      throw new NotAllowedError(
        'Buttons in chat are not set up in this portal. Use those in Backstage.',
      );
    }
    if (response.status === 403) {
      throw new NotAllowedError(`Backstage does not let ${userRef} in`);
    }
    if (!response.ok) {
      throw new Error(`The auth backend answered ${response.status}`);
    }
    const answer = answerSchema.parse(await response.json());
    const credentials = await this.#auth.authenticate(answer.token);
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new Error(
        'The auth backend vouched for something else than a user',
      );
    }
    return credentials;
  }
}
