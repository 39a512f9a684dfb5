import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  parseEntityRef,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { toError } from '@backstage/errors';
import { playbookDocsOf } from '@ci-medic/plugin-ci-medic-common';
import { PlaybookDocsClient } from './PlaybookDocsClient';

const LOCATION_KEY = 'ci-playbooks-';

/**
 * A documentation entity for each owner of services with playbooks, and a site for each that is built when its content
 * changed.
 */
export class PlaybookEntityProvider implements EntityProvider {
  readonly #client: PlaybookDocsClient;
  readonly #logger: LoggerService;
  readonly #built = new Map<string, string>();
  #connection?: EntityProviderConnection;

  constructor(options: { client: PlaybookDocsClient; logger: LoggerService }) {
    this.#client = options.client;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return 'ci-medic-playbooks';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Takes over which owners there are; keeps what it has while CI Medic does not answer. */
  async refresh(): Promise<void> {
    const owners = await this.#client.owners();
    const entities: Entity[] = [];
    for (const { owner } of owners) {
      entities.push(entityOf(owner, await this.#client.addressOf(owner)));
    }
    await this.#connection?.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: LOCATION_KEY })),
    });
    for (const { owner, etag } of owners) {
      if (this.#built.get(owner) !== etag && (await this.#build(owner))) {
        this.#built.set(owner, etag);
      }
    }
  }

  /** Has TechDocs build a site, so that search finds its pages before anybody opens them. */
  async #build(owner: string): Promise<boolean> {
    const { namespace, name } = playbookDocsOf(parseEntityRef(owner));
    try {
      const response = await this.#client.ask(
        'techdocs',
        `/sync/${namespace}/component/${name}`,
      );
      await response.text();
      // The catalog takes a while to know a new entity: it is tried again.
      return response.ok || response.status === 304;
    } catch (error) {
      this.#logger.debug(
        `The playbooks of ${owner} are not built yet: ${
          toError(error).message
        }`,
      );
      return false;
    }
  }
}

function entityOf(owner: string, address: string): Entity {
  const { namespace, name } = playbookDocsOf(parseEntityRef(owner));
  const location = `url:${address}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace,
      name,
      title: `CI playbooks of ${parseEntityRef(owner).name}`,
      description: 'What is known of failures of builds that recur',
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        'backstage.io/techdocs-ref': location,
      },
    },
    spec: { type: 'documentation', lifecycle: 'production', owner },
  };
}
