import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AlertOwner } from '@ci-medic/plugin-ci-medic-node';

const MOST_LEVELS = 10;
const MOST_OWNERS = 20;

/**
 * Finds the owners of an entity in the catalog, and the groups above them.
 */
export class OwnerDirectory {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** An entity as the portal itself sees it. */
  async entity(entityRef: string): Promise<Entity | undefined> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    return this.#catalog.getEntityByRef(entityRef, { credentials });
  }

  /** Owners of an entity, in the order of the catalog. Circles in the hierarchy end where they close. */
  async ownersOf(entity: Entity): Promise<AlertOwner[]> {
    const refs = targets(entity, RELATION_OWNED_BY).slice(0, MOST_OWNERS);
    return Promise.all(
      refs.map(async ref => ({ ref, groups: await this.#upwards(ref) })),
    );
  }

  async #upwards(ownerRef: string): Promise<Entity[]> {
    const groups: Entity[] = [];
    const seen = new Set<string>();
    let next: string | undefined = ownerRef;
    while (next && !seen.has(next) && groups.length < MOST_LEVELS) {
      seen.add(next);
      const group: Entity | undefined = await this.entity(next);
      if (!group) {
        break;
      }
      seen.add(stringifyEntityRef(group));
      groups.push(group);
      [next] = targets(group, RELATION_CHILD_OF);
    }
    return groups;
  }
}

function targets(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef);
}
