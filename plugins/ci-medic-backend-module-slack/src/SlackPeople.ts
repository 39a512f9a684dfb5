import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AlertPerson } from '@ci-medic/plugin-ci-medic-node';
import { SlackApi } from './SlackApi';

/** As Backstage's own Slack module calls it. */
const ANNOTATION_SLACK_USER = 'slack.com/user-id';

const UNKNOWN =
  'Nobody in the catalog has this Slack user. Somebody who keeps the catalog can set the annotation slack.com/user-id.';

/**
 * Finds who in the catalog a Slack user is. An id that the catalog names counts first, then the address that the
 * workspace has confirmed; what users call themselves counts never.
 */
export class SlackPeople {
  readonly #api: SlackApi;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: {
    api: SlackApi;
    auth: AuthService;
    catalog: CatalogService;
  }) {
    this.#api = options.api;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  async find(userId: string): Promise<AlertPerson> {
    const named = await this.#users(
      `metadata.annotations.${ANNOTATION_SLACK_USER}`,
      userId,
    );
    if (named.length > 0) {
      return theOne(named, `The catalog names the Slack user ${userId}`);
    }
    const email = await this.#confirmedEmail(userId);
    if (!email) {
      return { refusal: UNKNOWN };
    }
    const found = await this.#users('spec.profile.email', email);
    return theOne(found, 'They have the same e-mail address');
  }

  async #users(field: string, value: string): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { kind: 'User', [field]: value },
        fields: ['kind', 'metadata'],
        limit: 2,
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.map(stringifyEntityRef);
  }

  /** The address of a full member of the workspace. */
  async #confirmedEmail(userId: string): Promise<string | undefined> {
    try {
      const { user } = await this.#api.call(client =>
        client.users.info({ user: userId }),
      );
      const isMember =
        user &&
        !user.deleted &&
        !user.is_bot &&
        !user.is_stranger &&
        !user.is_restricted &&
        !user.is_ultra_restricted &&
        user.is_email_confirmed !== false;
      return (isMember && user.profile?.email) || undefined;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

function theOne(userRefs: string[], because: string): AlertPerson {
  const [userRef, other] = userRefs;
  if (other) {
    return { refusal: 'Several users of the catalog have this Slack user' };
  }
  return userRef ? { userRef, because } : { refusal: UNKNOWN };
}
